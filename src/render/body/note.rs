//! Footnotes: each has a number, by which a reader gets to it and back.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event};

use crate::base::path::slug;
use crate::render::body::{Links, Writer};

/// The notes of a document by their names.
#[derive(Default)]
pub(super) struct Notes {
    known: BTreeMap<String, Note>,
    /// Where the numbers of notes go that stand on the page, by the place in the events.
    numbers: Vec<(usize, String)>,
}

struct Note {
    id: String,
    number: usize,
    /// Where it is referred to first.
    from: Option<String>,
    /// It stands on the page already.
    defined: bool,
}

impl<L: Links> Writer<'_, L> {
    /// A reference to a note.
    pub(super) fn refer(&mut self, name: &str) {
        let id = self.note(name).id.clone();
        let own = self.ids.name(&id.replacen("fn-", "fnref-", 1), "");
        let note = self.note(name);
        let number = note.number;
        note.from.get_or_insert_with(|| own.clone());
        self.html(format!(
            "<sup><a class=\"footnote\" href=\"#{id}\" id=\"{own}\">{number}</a></sup>"
        ));
    }

    /// A note begins.
    pub(super) fn open_note(&mut self, name: &str) {
        let note = self.note(name);
        let is_first = !std::mem::replace(&mut note.defined, true);
        let id = note.id.clone();
        // A note that is written twice is led to where it stands first.
        let id = if is_first { id } else { self.ids.name(&id, "") };
        self.html(format!("<div class=\"footnote\" id=\"{id}\">"));
        self.notes.numbers.push((self.out.len(), name.to_owned()));
        self.html(String::new());
        self.html("<div>".to_owned());
    }

    /// A note ends.
    pub(super) fn close_note(&mut self) {
        self.html("</div></div>".to_owned());
    }

    /// The note with this name: the same wherever it is referred to, and with the id of no other note.
    fn note(&mut self, name: &str) -> &mut Note {
        let number = self.notes.known.len() + 1;
        let ids = &mut self.ids;
        self.notes.known.entry(name.to_owned()).or_insert_with(|| Note {
            id: ids.name(&format!("fn-{}", slug(name)), ""),
            number,
            from: None,
            defined: false,
        })
    }

    /// Writes the numbers of notes, now that it is known from where they are referred to.
    pub(super) fn number_notes(&mut self) {
        for (at, name) in std::mem::take(&mut self.notes.numbers) {
            let (Some(note), Some(event)) = (self.notes.known.get(&name), self.out.get_mut(at))
            else {
                continue;
            };
            let number = note.number;
            let markup = match &note.from {
                Some(from) => format!("<a href=\"#{from}\">{number}</a>"),
                None => format!("<span>{number}</span>"),
            };
            *event = Event::InlineHtml(CowStr::from(markup));
        }
    }
}
