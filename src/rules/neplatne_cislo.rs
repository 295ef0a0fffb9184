//! A value that should be a number and is none, or is below zero.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{fold, has_unclear_dot, one_line, parse_number};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatne-cislo",
    severity: Severity::Error,
    title: "Hodnota není číslo, nebo je záporná",
    explanation: "Na místě čísla stojí něco jiného. Čísla se píší číslicemi, tisíce se mohou oddělit mezerou a desetinná místa čárkou: „12“, „1 250“, „12,5“. Tečka, která by mohla oddělovat obojí („1.250“), se nečte. Hodnota kritéria nemůže být menší než nula. Slova a odhady patří do komentáře.",
    example: "kriteria:\n  - {kriterium: Počet mediátorů, hodnota: asi čtyři}",
    mend: "Napište jen číslo; vysvětlení přesuňte do komentáře.",
    checks: &[],
};

/// A reported value that is no number, or not one that everybody reads alike.
pub fn finding(text: &Text) -> Diagnostic {
    if has_unclear_dot(&text.value) {
        let written = text.value.trim();
        let (thousands, decimals) = (written.replace('.', " "), written.replace('.', ","));
        let message = format!("u „{written}“ není jasné, zda tečka odděluje tisíce, nebo desetinná místa");
        return Diagnostic::new(&RULE, text.place, message)
            .help(format!("napište „{thousands}“ (tisíce), nebo „{decimals}“ (desetinné číslo)"));
    }
    let help = match leading_number(&text.value) {
        Some(number) => format!("napište jen „{number}“; vysvětlení patří do komentáře"),
        None => {
            "napište číslo číslicemi, například „12“, „1 250“ nebo „12,5“; vysvětlení patří do komentáře".to_owned()
        }
    };
    Diagnostic::new(&RULE, text.place, format!("„{}“ není číslo", one_line(&text.value))).help(help)
}

/// The only number of a text that begins with it: `15 %`, `1 250 osob`. What follows may say of what, but
/// not that the number is another: `4 tis. Kč`, `3 a půl`, `5 až šest`. A date that Excel made of it is told by its
/// dot: `04.V`.
fn leading_number(text: &str) -> Option<&str> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, rest) = (text[..end].trim_start(), fold(&text[end..]));
    let is_other = |word: &str| OTHER.contains(&word) || LARGER.iter().any(|stem| word.starts_with(stem));
    let has_other = rest.split(|c: char| !c.is_alphabetic()).any(is_other);
    // „3M“ are millions, „150 m“ are metres.
    if rest.starts_with('.') || text[end..].trim_start().starts_with('M') && is_one_letter(&rest) || has_other {
        return None;
    }
    parse_number(number).filter(|number| *number >= 0.0).map(|_| number)
}

/// Whether the first word of a text is one letter.
fn is_one_letter(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    letters.next().is_some_and(char::is_alphabetic) && !letters.next().is_some_and(char::is_alphabetic)
}

/// How words begin that make the number before them larger or a part of it, as [`fold`] makes them.
const LARGER: [&str; 17] = [
    "tis", "mil", "mld", "mrd", "bilion", "trilion", "triliard", "pul", "polovin", "ctvrt", "tretin", "desit",
    "desetin", "setin", "stov", "tuct", "tucet",
];

/// Whole words that do so, or that another number goes with; others begin like them („5 setkání“, „3 stany“,
/// „5 biliardových stolů“).
const OTHER: [&str; 18] = [
    "set", "sta", "ste", "sto", "mio", "bil", "biliard", "biliarda", "biliardy", "biliardu", "tril", "k", "az", "nebo",
    "ci", "vice", "vic", "plus",
];

/// A reported value below zero.
pub fn negative(text: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, text.place, format!("„{}“ je záporné číslo", one_line(&text.value)))
        .help("hodnota kritéria nemůže být menší než nula; napište ji bez minusu, úbytek popište v komentáři")
}

/// A measure's number that no strategy has.
pub fn too_large(text: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, text.place, format!("číslo opatření {} je příliš velké", one_line(&text.value)))
        .help("opatření se v okruhu číslují od 1")
}

/// A number that should be whole.
pub fn not_whole(text: &Text) -> Diagnostic {
    let number = text.value.trim().strip_suffix('.').filter(|number| number.parse::<u32>().is_ok());
    Diagnostic::new(&RULE, text.place, format!("„{}“ není celé číslo od nuly výš", one_line(&text.value))).help(
        match number {
            Some(number) => format!("napište ho bez tečky: „{number}“"),
            None => "napište ho číslicemi, například „12“".to_owned(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps};

    const SUBMITTED: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn words_in_place_of_a_value_are_found() {
        let text = edited(SUBMITTED, "hodnota: 4,", "hodnota: asi čtyři,");
        assert_eq!(
            findings(&RULE, &[(SUBMITTED, &text)]),
            ["obdobi/2023/podklady/osv.yaml:10:48: „asi čtyři“ není číslo"]
        );
    }

    #[test]
    fn of_an_ordinal_the_full_stop_is_left_out() {
        for (written, help) in [("1.", "napište ho bez tečky: „1“"), ("1.5.", "napište ho číslicemi, například „12“")]
        {
            let text = edited("opatreni/01.yaml", "cislo: 2", &format!("cislo: {written}"));
            assert_eq!(helps(&RULE, &[("opatreni/01.yaml", &text)]), [help], "{written}");
        }
    }

    #[test]
    fn a_number_with_words_behind_it_is_offered_without_them() {
        let general = "napište číslo číslicemi, například „12“, „1 250“ nebo „12,5“; vysvětlení patří do komentáře";
        for (written, offered) in [
            ("15 %", Some("15")),
            ("1 250,5 km (odhad)", Some("1 250,5")),
            ("4 tis. Kč", None),
            ("2 tisíce", None),
            ("1,2 mil. Kč", None),
            ("3 mld.", None),
            ("5 bil. Kč", None),
            ("5 bilionů", None),
            ("5 biliard", None),
            ("2 BILIARDY Kč", None),
            ("1 biliarda", None),
            ("0,5 biliardu", None),
            ("5 biliardových stolů", Some("5")),
            ("3 biliardové kluby", Some("3")),
            ("2 triliardy", None),
            ("2 tril. Kč", None),
            ("2 bilanční zprávy", Some("2")),
            ("3 a půl", None),
            ("3 desítky klientů", None),
            ("2 tucty", None),
            ("5 set", None),
            ("5 setkání", Some("5")),
            ("3sta", None),
            ("3 stany", Some("3")),
            ("2 třetiny obcí", None),
            ("3M", None),
            ("3 M Kč", None),
            ("150 m", Some("150")),
            ("4 Mediátoři", Some("4")),
            ("3 mio", None),
            ("4k", None),
            ("12 až patnáct", None),
            ("5 nebo šest", None),
            ("5 a více", None),
            ("5 azylových domů", Some("5")),
            ("04.V", None),
            ("asi 4", None),
            ("2 až 3", None),
            ("-3 %", None),
            ("zatím nic", None),
        ] {
            let text = edited(SUBMITTED, "hodnota: 4,", &format!("hodnota: \"{written}\","));
            let help = offered.map(|offered| format!("napište jen „{offered}“; vysvětlení patří do komentáře"));
            assert_eq!(helps(&RULE, &[(SUBMITTED, &text)]), [help.unwrap_or(general.to_owned())], "{written}");
        }
    }

    #[test]
    fn a_dot_of_thousands_is_not_taken_for_one_of_decimals() {
        for (written, found) in [
            ("1.250", true),
            ("12.345", true),
            ("0.125", false),
            ("1.25", false),
            ("1250.125", false),
            ("1,250", false),
            ("12.3456", false),
        ] {
            let text = edited(SUBMITTED, "hodnota: 4,", &format!("hodnota: \"{written}\","));
            assert_eq!(!findings(&RULE, &[(SUBMITTED, &text)]).is_empty(), found, "{written}");
        }
        let text = edited(SUBMITTED, "hodnota: 4,", "hodnota: 1.250,");
        let message = "10:48: u „1.250“ není jasné, zda tečka odděluje tisíce, nebo desetinná místa";
        assert_eq!(findings(&RULE, &[(SUBMITTED, &text)]), [format!("{SUBMITTED}:{message}")]);
        assert_eq!(helps(&RULE, &[(SUBMITTED, &text)]), ["napište „1 250“ (tisíce), nebo „1,250“ (desetinné číslo)"]);
    }

    #[test]
    fn a_value_below_zero_is_found() {
        for written in ["-3", "−0,5", "-1 250"] {
            let text = edited(SUBMITTED, "hodnota: 4,", &format!("hodnota: \"{written}\","));
            assert_eq!(
                findings(&RULE, &[(SUBMITTED, &text)]),
                [format!("obdobi/2023/podklady/osv.yaml:10:48: „{written}“ je záporné číslo")]
            );
        }
    }

    #[test]
    fn what_must_be_whole_is_found() {
        for written in ["dvě", "2,5", "-2"] {
            let text = edited("opatreni/01.yaml", "cislo: 2", &format!("cislo: {written}"));
            let expected = format!("opatreni/01.yaml:12:12: „{written}“ není celé číslo od nuly výš");
            assert_eq!(findings(&RULE, &[("opatreni/01.yaml", &text)]), [expected]);
        }
    }

    #[test]
    fn numbers_as_people_type_them_are_not_found() {
        for written in ["0", "4", "\"12,5\"", "1 250", "12.5"] {
            let text = edited(SUBMITTED, "hodnota: 4,", &format!("hodnota: {written},"));
            assert_eq!(findings(&RULE, &[(SUBMITTED, &text)]), [""; 0], "{written}");
        }
    }
}
