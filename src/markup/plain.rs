//! Blocks on one line, for tables, the beginnings of comments and wherever there is no room for paragraphs.

use crate::markup::{Block, Inline};

/// The text of blocks on one line, without any marks but the numbers of items.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    append_blocks(blocks, &mut text);
    crate::model::one_line(&text)
}

/// What several people say on one line. Each begins a sentence, be it in lower case.
pub fn plain_texts(texts: impl IntoIterator<Item = Vec<Block>>) -> String {
    let mut line = String::new();
    for said in texts.into_iter().map(|blocks| plain_text(&blocks)).filter(|said| !said.is_empty()) {
        if !line.is_empty() {
            line.push_str(if is_ended(&line) { " " } else { ". " });
        }
        line.push_str(&said);
    }
    line
}

fn append_blocks(blocks: &[Block], text: &mut String) {
    let mut before: Option<&Block> = None;
    for block in blocks {
        let mut said = String::new();
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => append_inlines(inlines, &mut said),
            Block::List(first, items) => append_items(*first, items, &mut said),
            Block::Quote(blocks) => append_blocks(blocks, &mut said),
            Block::Code(code) => said.push_str(code),
        }
        if said.trim().is_empty() {
            continue;
        }
        // Without a line of its own, a paragraph would go on with the sentence of what stands before it. One in
        // lower case does so, unless one of the two is a heading.
        let is_new = before.is_some_and(|before| !matches!(before, Block::Code(_)))
            && matches!(block, Block::Paragraph(_) | Block::Heading(_) | Block::Quote(_));
        let is_heading = |block: &Block| matches!(block, Block::Heading(_));
        let is_beside_heading = is_heading(block) || before.is_some_and(is_heading);
        let is_list = |block: &Block| matches!(block, Block::List(..));
        if let Some(before) = before.filter(|_| !is_ended(text)) {
            if is_new && (is_beside_heading || begins_sentence(&said)) {
                end_with(text, ". ");
            } else if is_list(before) {
                // Or it would be a part of the last item.
                end_with(text, "; ");
            } else if is_list(block) {
                end_with(text, ": ");
            }
        }
        text.push_str(&said);
        text.push(' ');
        before = Some(block);
    }
}

fn append_items(first: Option<u64>, items: &[Vec<Block>], text: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if let Some(first) = first {
            // With a blank that does not break, a number is no end of a sentence either.
            text.push_str(&format!("{}.\u{A0}", first.saturating_add(index as u64)));
        }
        append_blocks(item, text);
        end_with(text, if is_ended(text) || index + 1 == items.len() { " " } else { "; " });
    }
}

/// Whether a sign at the end says that something new begins. Some do only where they stand apart: „OPZ+“ is a name.
fn is_ended(text: &str) -> bool {
    let said = text.trim_end().trim_end_matches(['“', '”', '"', '‘', '’', ')', ']']);
    let leads_on = said
        .strip_suffix(['-', '/', '+', '=', '&'])
        .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
    leads_on || said.ends_with(['.', ',', ';', ':', '!', '?', '…', '–', '—', '→']) || said.is_empty()
}

/// Whether a text begins with an upper-case letter or a number, be it in quotation marks or brackets. A day or an
/// ordinal may go on with a sentence.
fn begins_sentence(text: &str) -> bool {
    let text = text.trim_start_matches(['„', '“', '"', '‚', '»', '(', '[', ' ']);
    let behind_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = behind_number.len() < text.len() && !behind_number.starts_with('.');
    is_number || text.starts_with(char::is_uppercase)
}

fn end_with(text: &mut String, end: &str) {
    text.truncate(text.trim_end().len());
    text.push_str(end);
}

/// Adds the bare text of inlines.
pub fn append_inlines(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(piece) | Inline::Code(piece) => text.push_str(piece),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => append_inlines(inner, text),
            Inline::Break => text.push(' '),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::parse;

    #[test]
    fn items_and_paragraphs_stay_apart_on_one_line() {
        for (text, line) in [
            ("Konalo se:\n- setkání\n- kurz\n\nDál nic.", "Konalo se: setkání; kurz. Dál nic."),
            ("- setkání,\n- kurz.\n- dílna", "setkání, kurz. dílna"),
            ("1. jedna\n   - dvě\n   - tři\n2. čtyři", "1. jedna: dvě; tři; 2. čtyři"),
            ("- a\n  - b\n\n1. c\n2. d\n\ne", "a: b; 1. c; 2. d; e"),
            ("Konaly se kurzy\n- v Liberci\n- v Jablonci\n\na vše", "Konaly se kurzy: v Liberci; v Jablonci; a vše"),
            ("3. etapa\n4. etapa", "3. etapa; 4. etapa"),
            ("2. pololetí 2025 bylo bez rozpočtu.", "2. pololetí 2025 bylo bez rozpočtu."),
            ("- 2. etapa neproběhla\n- 3. etapa nemá rozpočet", "2. etapa neproběhla; 3. etapa nemá rozpočet"),
            ("OSV: Bez tečky\n\nOZ: Dál", "OSV: Bez tečky. OZ: Dál"),
            ("Do roku 2030 (včetně)\n\n„Ano.“\n\nDál", "Do roku 2030 (včetně). „Ano.“ Dál"),
            ("Uvádí se:\n\n> citace\n\nKonec", "Uvádí se: citace. Konec"),
            ("- a\n\n  b\n- c", "a b; c"),
            ("Kurzy se konaly\n\nv Liberci\n\na v Jablonci", "Kurzy se konaly v Liberci a v Jablonci"),
            ("OSV -\n\nText dál", "OSV - Text dál"),
            ("OSV uvádí „toto\n\na toto“", "OSV uvádí „toto a toto“"),
            ("dále viz\n\n2\\. etapa", "dále viz 2. etapa"),
            ("Liberec →\n\nJablonec", "Liberec → Jablonec"),
            ("Kurz\n\n(Dílna) byla", "Kurz. (Dílna) byla"),
            ("0\n#", "0"),
            ("# Nadpis\n\nText", "Nadpis. Text"),
            ("Není zájem\n\n# další rok\n\nbez změny", "Není zájem. další rok. bez změny"),
            ("Chybí zdroje:\n- OPZ+\n- IROP\n- dotace kraje", "Chybí zdroje: OPZ+; IROP; dotace kraje"),
            (
                "- https://kraj.cz/dotace/\n- kluby (65+)\n- R&\n- dům-",
                "https://kraj.cz/dotace/; kluby (65+); R&; dům-",
            ),
            ("- leden +\n- únor", "leden + únor"),
            ("1. kluby 65+\n2. kurz", "1. kluby 65+; 2. kurz"),
            ("Projekt měl čerpat z OPZ+\n\nKapacita nestačí", "Projekt měl čerpat z OPZ+. Kapacita nestačí"),
            ("Rozpočet nebyl schválen\n\n2024: kurz se nekonal", "Rozpočet nebyl schválen. 2024: kurz se nekonal"),
            ("Není zájem\n\n20 obcí odmítlo", "Není zájem. 20 obcí odmítlo"),
            ("kurz byl\n\n12\\. 3. v Liberci", "kurz byl 12. 3. v Liberci"),
            ("První\ndruhý řádek", "První druhý řádek"),
            ("", ""),
        ] {
            assert_eq!(plain_text(&parse(text, &|_| true)).replace('\u{A0}', " "), line, "{text}");
        }
    }
    #[test]
    fn what_several_people_say_is_several_sentences() {
        for (texts, line) in [
            (vec!["obce:", "Není zájem", "školy:"], "obce: Není zájem. školy:"),
            (
                vec!["Už ano.", "školy: „Ne!“", "obce: OPZ+", "- a\n- b", "x"],
                "Už ano. školy: „Ne!“ obce: OPZ+. a; b. x",
            ),
            (vec!["", "obce", "", "školy", ""], "obce. školy"),
            (vec![], ""),
        ] {
            let parsed = texts.iter().map(|text| parse(text, &|_| true));
            assert_eq!(plain_texts(parsed), line, "{texts:?}");
        }
    }
}
