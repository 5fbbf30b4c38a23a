"""Words for the three readings side by side, and for blur that a form makes."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money, word_number, word_share, word_span

__all__ = ["state_confusion", "state_forms", "state_readings"]

_PATHS = ("operational", "strategic")
_NOUNS = {"operational": "improvement", "strategic": "strategic initiative"}


def state_confusion(confusion: pd.DataFrame, *, currency: str) -> Claim:
    """How much of the two paths is both called and run as what it is, in projects and in money.

    Args:
        confusion: As `measure_confusion` returns.
        currency: Of the budgets.
    """
    alt = (
        "Two grids of projects and their budget: what they are against what they are called, and "
        "against how they are run."
    )
    own = confusion[confusion["track"].isin(_PATHS)]
    total = int(own["project_count"].sum())
    if not total:
        return Claim(
            "No project stands on either path, so readings cannot be compared",
            "The sort decided none of the projects for one of the two paths.",
            alt,
            is_known=False,
        )
    is_told = own["declared_track"].isin(_PATHS) & own["managed_track"].isin(_PATHS)
    told = own[is_told]
    is_whole = (told["declared_track"] == told["track"]) & (told["managed_track"] == told["track"])
    whole, known = told[is_whole], int(told["project_count"].sum())
    silent = total - known
    basis = (
        f" For {word_count(silent, 'project')} on the two paths the label or the management names "
        f"neither path or is not recorded."
        if silent
        else ""
    )
    if not known:
        return Claim(
            "No project has all three readings, so they cannot be compared",
            "A label that names a path, and the review forum, rhythm or sponsor level, would let "
            f"this be answered.{basis}",
            alt,
        )
    count = int(whole["project_count"].sum())
    title = (
        f"{word_share(count / known).capitalize()} of the projects with all three readings are "
        f"called and run as what they are"
    )
    money, sound = told["budget_cost"].sum(), whole["budget_cost"].sum()
    if money > 0:
        title += f", and {word_share(float(sound / money))} of their budget"
    split = told[told["declared_track"] != told["managed_track"]]
    reading = f"{count} of {known} projects read as one path three times"
    if money > 0:
        apart, whole_money = (word_money(float(one), currency) for one in (money - sound, money))
        reading += f"; {apart} of {whole_money} stands where two readings differ"
    reading += ". "
    if len(split):
        number = int(split["project_count"].sum())
        reading += (
            f"{word_count(number, 'project').capitalize()} "
            f"{'is' if number == 1 else 'are'} called one path and run as the other."
        )
    return Claim(title, (reading.strip() + basis).strip(), alt)


def state_readings(readings: pd.DataFrame, *, currency: str) -> Claim:
    """How many blurred projects one change would mend first, and the split ones nobody can name.

    Args:
        readings: As `measure_readings` returns.
        currency: Of the budgets.
    """
    blurred = readings[readings["blur_type"] != "none"]
    split = readings[readings["is_split"].fillna(False).astype(bool)]
    unnamed = split[split["blur_type"] == "none"]
    if blurred.empty and unnamed.empty:
        has_any = (
            readings["declared_track"].notna().any() or readings["managed_track"].notna().any()
        )
        return Claim(
            "No project shows a blur between the two paths"
            if has_any
            else "Blur cannot be told: no export says what projects are called or how they are run",
            ""
            if has_any
            else "A category or type column, or the review forum, rhythm and sponsor level, would "
            "let this be answered.",
        )
    single = int(blurred["mend_more"].isna().sum())
    if blurred.empty:
        title = "No blur can be named, but some projects are called one path and run as the other"
    else:
        title = f"{word_count(len(blurred), 'project').capitalize()} "
        title += f"{'is' if len(blurred) == 1 else 'are'} blurred; "
        if single == len(blurred):
            title += "one change would do" if single == 1 else "one change each would do"
        else:
            title += f"for {word_number(single) if single else 'none'} of them one change would do"
    sentences = []
    money = blurred["budget_cost"].sum(min_count=1)
    if pd.notna(money):
        sentences.append(f"They hold {word_money(float(money), currency)} of budget.")
    double = int((blurred["second_blur_type"] != "none").sum())
    if double:
        sentences.append(
            f"{word_count(double, 'project').capitalize()} "
            f"{'is' if double == 1 else 'are'} both called and run as the other path."
        )
    if len(unnamed):
        count = len(unnamed)
        sentences.append(
            f"{word_count(count, 'undecided project').capitalize()} "
            f"{'is' if count == 1 else 'are'} called one path and run as the other: whichever "
            f"{'it is' if count == 1 else 'they are'}, one of the two does not fit."
        )
    if len(blurred):
        sentences.append(
            "Words and forums proposed are those the same tool and unit use most for that path; "
            "whether they suit is for people to say."
        )
    return Claim(title, " ".join(sentences))


def state_forms(forms: pd.DataFrame) -> Claim:
    """Whether a tool's form, and not people, makes the wrong label.

    Args:
        forms: As `measure_forms` returns.
    """
    if forms.empty:
        return Claim(
            "Whether a form makes the wrong label cannot be told",
            "No project on the two paths carries a label that names a path.",
        )
    made = forms[forms["is_form_made"].fillna(False).astype(bool)]
    tools = forms["source_tool"].nunique()
    if made.empty:
        worst = forms.sort_values("share", ascending=False).iloc[0]
        reading = "A form is named where most labelled projects of a path carry one wrong label."
        if worst["wrong_count"] > 0:
            reading = (
                f"The most frequent wrong label is “{worst['declared_label']}” on "
                f"{worst['wrong_count']} of {worst['labelled_count']} labelled "
                f"{_NOUNS[worst['track']]}s in {worst['source_tool']}: {reading[0].lower()}"
                f"{reading[1:]}"
            )
        title = (
            "Nothing suggests that the tool's form makes the wrong labels"
            if tools == 1
            else f"In none of {tools} tools do the labels suggest a form that forces the wrong path"
        )
        return Claim(title, reading)
    first = made.iloc[0]
    title = (
        f"In {first['source_tool']} {word_share(float(first['share']))} of labelled "
        f"{_NOUNS[first['track']]}s are called “{first['declared_label']}”: mend the form, not the "
        "people"
    )
    told = [
        f"{row.source_tool}: {row.wrong_count} of {row.labelled_count} labelled "
        f"{_NOUNS[row.track]}s are “{row.declared_label}” "
        f"({word_span(row.share_low, row.share_high)}, 90 % interval), {row.right_count} carry a "
        "label of their own path"
        for row in made.itertuples()
    ]
    return Claim(
        title,
        "; ".join(told) + ". This suggests that its pick-list offers no fitting choice, or another "
        "by default.",
    )
