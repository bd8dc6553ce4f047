//! Text becomes structure: front matter, blocks, sections, and the visible text with its way back to the source.
//!
//! Parsing never fails. Messy documents are first put in order (`prepare`), as edits that keep a map
//! to the source; then one Markdown parser reads them all.

pub mod document;
pub mod front_matter;
pub mod prepare;
pub mod conflict;
mod fenced;
mod generator;
mod lines;
pub mod listing;
mod bullet;
mod marked;
pub mod numbering;
mod plain;
mod rst;
pub mod markdown;
pub mod text;
pub mod outline;
mod html;
mod indent;
pub mod remark;

use crate::base::source::Source;
use crate::diag::Diagnosed;
use crate::parse::document::Document;
use crate::parse::front_matter::FrontMatter;
use crate::parse::prepare::Prepared;
use crate::parse::remark::Remark;

/// Reads the structure of a text.
pub fn parse(source: &Source) -> Diagnosed<Document> {
    let Diagnosed { value: (front, remarks, prepared), mut findings } = open(source);
    let (view, blocks) = markdown::read(&prepared, source, &mut findings);
    let sections = outline::outline(&blocks);
    Diagnosed { value: Document { front, view, blocks, sections, remarks }, findings }
}

/// The text as the Markdown parser reads it, for those who make something else of its events.
pub fn prepared(source: &Source) -> Prepared {
    open(source).value.2
}

fn open(source: &Source) -> Diagnosed<(Option<FrontMatter>, Vec<Remark>, Prepared)> {
    let mut findings = Vec::new();
    let front = front_matter::read(source, &mut findings);
    let body = front.as_ref().map_or(0, |front| front.span.end as usize);
    // One may stand above front matter.
    let above = source.text.get(..body).unwrap_or_default();
    let mut remarks = remark::remarks(above, 0);
    let below = remark::remarks(&source.text, body);
    let prepared = prepare::prepare(source, front.as_ref(), &below, &mut findings);
    remarks.extend(below);
    Diagnosed { value: (front, remarks, prepared), findings }
}

#[cfg(test)]
mod tests;
