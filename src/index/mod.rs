//! Many documents become one archive: in order, addressed, by facet, related. All order is decided here.

pub mod facet;
pub mod address;
pub mod pair;
pub mod related;
pub mod statistics;
pub mod search;
mod versions;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::base::digest::{Digest, Digester};
use crate::base::path::RelPath;
use crate::case::Case;
use crate::diag::{Diagnosed, Diagnostic};
use crate::index::facet::Facets;
use crate::index::related::Related;
use crate::index::search::lists::Lists;
use crate::index::search::{Indexed, Search};
use crate::index::statistics::promise::{self, Promise};
use crate::index::statistics::{Statistics, line};
use crate::model::kind::{Lang, Visibility};
use crate::model::when::PartialDate;
use crate::vocab::Vocabulary;

/// The number of a filed document: its place in [`Archive::filed`].
pub type FiledId = usize;

/// A document that is published.
pub struct Filed {
    /// Its text and facts.
    pub case: Arc<Case>,
    /// The last part of its address below `incidents/`, without ending; may hold folders.
    pub slug: String,
    /// The same incident in the other language.
    pub twin: Option<FiledId>,
    /// It stands for its incident in counts and lists; of twins only one does.
    pub leads: bool,
    /// A draft, published because drafts were asked for.
    pub draft: bool,
}

/// What became of the documents that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// All of them.
    pub read: usize,
    /// Published.
    pub published: usize,
    /// Left out as drafts.
    pub drafts: usize,
    /// Left out as private.
    pub private: usize,
    /// Left out because nothing of them can be shown.
    pub unpublishable: usize,
}

/// All published documents.
pub struct Archive {
    /// Newest first; those without a date last.
    pub filed: Vec<Filed>,
    /// By cause, service, year and so on; leading documents only, newest first.
    pub facets: Facets,
    /// The same in numbers: how often, how long, what comes back.
    pub statistics: Statistics,
    /// The day that ages are reckoned from.
    pub today: Option<PartialDate>,
    /// How many of what.
    pub counts: Counts,
    /// The leading documents, newest first.
    leading: Vec<FiledId>,
    /// All documents in the order of their paths.
    by_path: Vec<FiledId>,
    /// Made when it is asked for: nobody may search.
    search: OnceLock<Search>,
    lists: OnceLock<Lists>,
    promises: OnceLock<Vec<Promise>>,
}

impl Archive {
    /// The version of a document in a language, if it has a twin in that language.
    pub fn version(&self, id: FiledId, lang: Lang) -> FiledId {
        let filed = &self.filed[id];
        match filed.twin {
            Some(twin)
                if filed.case.incident.lang != lang
                    && self.filed[twin].case.incident.lang == lang =>
            {
                twin
            }
            _ => id,
        }
    }

    /// The leading documents, newest first.
    pub fn leading(&self) -> impl ExactSizeIterator<Item = FiledId> + DoubleEndedIterator {
        self.leading.iter().copied()
    }

    /// The leading documents before and after a document: the newer and the older one.
    pub fn neighbours(&self, id: FiledId) -> (Option<FiledId>, Option<FiledId>) {
        let filed = &self.filed[id];
        let id = if filed.leads { id } else { filed.twin.unwrap_or(id) };
        match self.leading.binary_search(&id) {
            Ok(at) => {
                let newer = at.checked_sub(1).map(|at| self.leading[at]);
                (newer, self.leading.get(at + 1).copied())
            }
            Err(_) => (None, None),
        }
    }

    /// Days from the day of an incident to the day that ages are reckoned from.
    pub fn age(&self, id: FiledId) -> Option<i32> {
        let today = self.today?.civil().and_then(line::days)?;
        Some(today - self.statistics.lines[id].day?).filter(|&age| age >= 0)
    }

    /// Every word of every document, for the page that searches them.
    pub fn search(&self, vocab: &Vocabulary) -> &Search {
        self.search.get_or_init(|| {
            let texts =
                self.filed.iter().map(|filed| filed.case.visible.as_ref().map(Cow::Borrowed));
            search::search(&self.filed, texts.collect(), vocab, None).0
        })
    }

    /// What the search knows of documents besides their words.
    pub fn lists(&self, vocab: &Vocabulary) -> &Lists {
        self.lists.get_or_init(|| search::lists::lists(&self.filed, vocab))
    }

    /// What was promised by more than one incident, the most often promised first. Every action is compared, and
    /// only their own page and the data tell of it.
    pub fn promises(&self, vocab: &Vocabulary) -> &[Promise] {
        self.promises.get_or_init(|| promise::promises(self, vocab))
    }

    /// Takes the promises that were found before, if all actions are as they were, and says what these are known by. `wishes` is
    /// of settings and words.
    pub fn know_promises(&self, before: Option<promise::Kept>, wishes: &Digester) -> Digest {
        let now = promise::digest(self, wishes);
        if let Some((_, promises)) = before.filter(|(of, _)| *of == now) {
            self.promises.get_or_init(|| promises);
        }
        now
    }

    /// The promises, if somebody asked for them.
    pub fn into_promises(self) -> Option<Vec<Promise>> {
        self.promises.into_inner()
    }

    /// The documents that are most like this one, the most alike first.
    pub fn related(&self, id: FiledId) -> Vec<Related> {
        related::related(self, id)
    }

    /// Makes now what is otherwise made when it is asked for. What the index of words is made from goes while it is read;
    /// where the last build left its own, what has not changed is taken from there, and the new one is given back. Promises
    /// are among it `with_promises`.
    pub fn finish(
        &mut self,
        vocab: &Vocabulary,
        before: Option<Indexed>,
        with_promises: bool,
    ) -> Option<Indexed> {
        // Where somebody keeps the case for the next edition, what is visible of it is kept with it.
        let texts = self.filed.iter_mut().map(|filed| match Arc::get_mut(&mut filed.case) {
            Some(case) => case.visible.take(),
            None => filed.case.visible.clone(),
        });
        let texts: Vec<search::Text<'_>> = texts.map(|text| text.map(Cow::Owned)).collect();
        let search = || search::search(&self.filed, texts, vocab, before);
        let promises = || with_promises.then(|| self.promises(vocab));
        let ((search, now), _) = rayon::join(search, promises);
        self.search = OnceLock::from(search);
        now
    }

    /// The document that stands at a path of the content.
    pub fn at(&self, path: &RelPath) -> Option<FiledId> {
        let at =
            self.by_path.binary_search_by(|&id| self.filed[id].case.source.path.cmp(path)).ok()?;
        Some(self.by_path[at])
    }
}

/// How the archive is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    /// Publish drafts too.
    pub drafts: bool,
    /// The day that ages are reckoned from; the newest day in the documents where none is given.
    pub today: Option<PartialDate>,
}

/// Files all documents that may be published.
pub fn index(cases: Vec<Arc<Case>>, vocab: &Vocabulary, wishes: Wishes) -> Diagnosed<Archive> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut counts = Counts { read: cases.len(), ..Counts::default() };
    let mut kept: Vec<Arc<Case>> = Vec::with_capacity(cases.len());
    for case in cases {
        match case.incident.visibility {
            _ if case.unpublishable => counts.unpublishable += 1,
            Visibility::Private => counts.private += 1,
            Visibility::Draft if !wishes.drafts => counts.drafts += 1,
            _ => kept.push(case),
        }
    }
    counts.published = kept.len();
    kept.sort_by_cached_key(order);
    let slugs = address::slugs(&kept, &mut findings);
    let twins = pair::twins(&kept);
    let today = wishes.today.or_else(|| newest(&kept));
    let filed: Vec<Filed> = kept
        .into_iter()
        .zip(slugs)
        .enumerate()
        .map(|(id, (case, slug))| {
            let twin = twins[id];
            let draft = case.incident.visibility == Visibility::Draft;
            // Which of twins leads is seen when all are there.
            Filed { case, slug, twin, leads: true, draft }
        })
        .collect();
    let mut by_path: Vec<FiledId> = (0..filed.len()).collect();
    by_path.sort_by(|&a, &b| filed[a].case.source.path.cmp(&filed[b].case.source.path));
    let mut archive = Archive {
        facets: Facets::default(),
        statistics: Statistics::default(),
        leading: Vec::new(),
        by_path,
        search: OnceLock::new(),
        lists: OnceLock::new(),
        promises: OnceLock::new(),
        today,
        counts,
        filed,
    };
    pair::choose_leaders(&mut archive.filed);
    archive.leading = (0..archive.filed.len()).filter(|&id| archive.filed[id].leads).collect();
    archive.facets = Facets::of(&archive, vocab);
    archive.statistics = Statistics::of(&archive);
    findings.extend(pair::duplicates(&archive));
    findings.extend(versions::differences(&archive, &vocab.levels));
    Diagnosed { value: archive, findings }
}

/// Newest first, then by path.
fn order(case: &Arc<Case>) -> (std::cmp::Reverse<Option<PartialDate>>, RelPath) {
    let date = case.incident.date.value().copied().filter(|date| date.year.is_some());
    (std::cmp::Reverse(date), case.source.path.clone())
}

/// The newest day of an incident, but for one so far ahead of all others that its year must be mistyped.
fn newest(cases: &[Arc<Case>]) -> Option<PartialDate> {
    let dates = cases.iter().filter_map(|case| case.incident.date.value().copied());
    let mut days: Vec<PartialDate> = dates.filter(|date| date.is_whole()).collect();
    days.sort_unstable();
    days.dedup();
    let oldest = *days.first()?;
    let years = |from: PartialDate, to: PartialDate| Some(to.year? - from.year?);
    while days.len() > FEWEST_DAYS
        && let [.., before, last] = days[..]
        && years(before, last) > years(oldest, before).max(Some(FAR_AHEAD))
    {
        days.pop();
    }
    days.last().copied()
}

/// So many days tell when a team had its incidents; another one lies more years ahead of them than this, and than all of
/// them span, only by mistake.
const FEWEST_DAYS: usize = 3;
const FAR_AHEAD: i16 = 5;
