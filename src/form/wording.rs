//! What a form says to those who fill it in, in Czech. The formats decide how it looks.

use crate::form::Form;
use crate::form::layout::Column;
use crate::model::{Status, czech_date};

const NO_BREAK_SPACE: char = '\u{A0}';

/// A piece of the instructions.
#[derive(Debug)]
pub(super) enum Instruction {
    /// A heading.
    Heading(&'static str),
    /// A step with its number.
    Step(usize, String),
    /// A term and what it means.
    Term(String, String),
    /// A paragraph.
    Paragraph(String),
}

/// Whose form it is and for which period.
pub(super) fn title(form: &Form) -> String {
    format!("Podklady za období {} – {}", form.period_name, whose(form))
}

/// The body by its name, and by its code where that says something else.
pub(super) fn whose(form: &Form) -> String {
    if form.body_name == form.body { form.body.clone() } else { format!("{} ({})", form.body_name, form.body) }
}

/// Until when the form is to come back.
pub(super) fn until(form: &Form) -> String {
    match form.due {
        Some(day) => format!("do {}", czech_date(day, NO_BREAK_SPACE)),
        None => "v termínu, který určil koordinátor".to_owned(),
    }
}

/// What the four statuses mean, in the strategy's own words.
pub(super) fn statuses(form: &Form) -> Vec<(String, Vec<String>)> {
    form.statuses
        .iter()
        .map(|(status, wording)| {
            let is_known_by_code = wording.name == status.code();
            let name = if is_known_by_code { String::new() } else { format!(" ({})", wording.name) };
            (format!("{status}{name}"), wording.definition.clone())
        })
        .collect()
}

/// All instructions of the Excel form, from the first step to what happens with it in the end.
pub(super) fn instructions(form: &Form) -> Vec<Instruction> {
    let mut instructions = vec![Instruction::Heading("Jak formulář vyplnit")];
    let steps = steps(form);
    instructions.extend(steps.into_iter().zip(1..).map(|(step, n)| Instruction::Step(n, step)));
    instructions.push(Instruction::Heading("Co znamenají stavy"));
    instructions.extend(statuses(form).into_iter().map(|(name, definition)| {
        let conditions: Vec<String> = definition.iter().map(|condition| format!("• {condition}")).collect();
        Instruction::Term(name, conditions.join("\n"))
    }));
    instructions.extend(notes().map(|note| Instruction::Paragraph(note.to_owned())));
    instructions.push(Instruction::Heading("Co se s formulářem stane"));
    instructions.extend(afterwards().map(|sentence| Instruction::Paragraph(sentence.to_owned())));
    instructions
}

fn steps(form: &Form) -> Vec<String> {
    let recipient = form.coordinator.as_ref().map(|name| format!(" Sbírá ho koordinátor: {name}.")).unwrap_or_default();
    vec![
        "Přejděte na list „Podklady“ (záložka dole). Vyplňují se jen žlutá pole. Ostatní jsou zamčená, aby se v nich nic nezměnilo omylem.".to_owned(),
        "Modrý řádek je opatření, bílé řádky pod ním jsou kritéria, podle kterých se jeho plnění posuzuje. V roli „gestor“ za opatření odpovídáte; v roli „spolupráce“ pište jen o tom, co jste udělali vy.".to_owned(),
        format!("Stav: vyberte, jak bylo opatření v období {} plněno. Klikněte do pole a na šipku u jeho okraje (nebo stiskněte Alt a šipku dolů) a vyberte ze seznamu. Co který stav znamená, najdete níže.", form.period_name),
        "Komentář: napište, co se pro opatření udělalo a s jakým výsledkem, nebo proč se nic neudělalo. Nový řádek v poli začnete klávesami Alt a Enter. Komentář se zveřejní, nepište do něj proto jména, telefony ani jiné osobní údaje.".to_owned(),
        format!(
            "Kritéria: i u nich vyberte stav. Je-li žluté pole „{}“, napište do něj číslo bez jednotek, například 12 nebo 12,5. Do pole „{}“ patří webová adresa, nebo název souboru, který k formuláři přiložíte.",
            Column::Value.title(),
            Column::Evidence.title()
        ),
        format!(
            "Sloupce „{}“ a „{}“ připomínají, jak opatření dopadlo v předchozím období. Jsou-li prázdné, není co připomenout.",
            Column::LastStatus.title(),
            Column::LastComment.title()
        ),
        "Řádky, sloupce ani listy nemažte, nepřidávejte a nepřesouvejte. Nevidíte-li v poli celý text, zvětšete řádek: chyťte myší spodní okraj jeho čísla vlevo a táhněte dolů.".to_owned(),
        format!("Soubor uložte jako sešit Excelu (.xlsx) a pošlete zpět {}.{recipient}", until(form)),
    ]
}

fn notes() -> impl Iterator<Item = &'static str> {
    [
        "SPLNĚNO může být jen opatření s pevným termínem, tedy s jedním měsícem, například 12/2024. U opatření, která se plní průběžně, tuto možnost seznam nenabízí.",
        "Necháte-li stav opatření prázdný a vyplníte stavy kritérií, určí se stav opatření z nich. Vyplníte-li obojí, platí stav opatření.",
        "Opatření, u kterého nevyplníte nic, se počítá, jako byste k němu podklad nedodali.",
    ]
    .into_iter()
}

fn afterwards() -> impl Iterator<Item = &'static str> {
    [
        "Formulář se načte mezi ostatní podklady a zkontroluje. Bude-li v něm něco nejasné, koordinátor se vám ozve.",
        "Z podkladů všech subjektů se určí stav každého opatření. Opatření, ke kterému podklad nedodal nikdo, je NEPLNĚNO.",
        "Stavy a komentáře se zveřejní ve zprávě o naplňování strategie.",
    ]
    .into_iter()
}

/// The statuses that may be chosen.
pub(super) fn choice(may_be_done: bool) -> Vec<&'static str> {
    Status::ALL.into_iter().filter(|status| may_be_done || *status != Status::Done).map(Status::code).collect()
}

/// What is said when something else than a status is written.
pub(super) fn choice_error(may_be_done: bool) -> &'static str {
    if may_be_done {
        "Vyberte ze seznamu: SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO."
    } else {
        "Vyberte ze seznamu: PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO. SPLNĚNO může být jen opatření s pevným termínem."
    }
}
