"""Processes that are warm before a notebook needs them: forked where that is safe, else kernels.

`parent` starts the warm parent, a process that runs the script `zygote`; `process` is the caller's
end of one forked process, in which `shell` and `cells` run; `forked` records its notebook. Where
forking is not safe, `kernels` does it with ordinary kernels started ahead. `recorder` is what both
share.
"""
