//! Everything that a build reads, and what it is known by: of the same inputs comes the same site.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::digest::{Digest, Digester};
use crate::base::file::File;
use crate::base::path::RelPath;
use crate::base::progress::{Part, Progress};
use crate::base::source::Source;
use crate::base::span::FileId;
use crate::cache::Cache;
use crate::cache::documents::{self, PACKS, Pack, pack_of};
use crate::cache::told::told;
use crate::case::Case;
use crate::config::Site;
use crate::decode;
use crate::diag::failure::Failure;
use crate::diag::{Diagnosed, Diagnostic, code};
use crate::discover::{self, Found, Role, discover};
use crate::extract::given::Overrides;
use crate::pipeline::overrides;
use crate::pipeline::read::{Reading, bytes, document, gather};
use crate::render::theme::Theme;
use crate::vocab::Vocabulary;

/// The words and the templates that a site brings itself.
pub(super) struct Own {
    data: Vec<File>,
    theme: Vec<File>,
}

/// The words of a site, and what was found in those of its own.
pub(super) struct Words {
    pub(super) vocab: Diagnosed<Vocabulary>,
    pub(super) sources: Vec<Source>,
}

impl Own {
    pub(super) fn read(site: &Site) -> Result<Self, Failure> {
        let mut data = discover::own_files(&site.root.join("data"))?;
        data.retain(|file| file.path.extension() == "toml");
        let theme = discover::own_files(&site.root.join("themes").join(&site.theme))?;
        Ok(Self { data, theme })
    }

    /// The words: ours, and the site's over them.
    pub(super) fn words(&self) -> Words {
        let source = |(number, file): (usize, &File)| Source {
            id: FileId(u32::MAX - 2000 + number as u32),
            path: RelPath::known(&format!("data/{}", file.path)),
            text: Arc::from(String::from_utf8_lossy(&file.bytes).as_ref()),
        };
        let sources: Vec<Source> = self.data.iter().enumerate().map(source).collect();
        Words { vocab: Vocabulary::load(&sources), sources }
    }

    /// The theme: the default one, with the site's files in their places.
    pub(super) fn theme(&self, site: &Site) -> Result<Theme, Failure> {
        if self.theme.is_empty() && site.theme != "default" {
            let folder = site.root.join("themes").join(&site.theme);
            return Err(Failure::new(&code::NO_THEME)
                .arg("name", &site.theme)
                .arg("path", folder.display()));
        }
        Theme::load(self.theme.clone())
    }

    /// What its templates, strings and files are known by.
    pub(super) fn theme_digest(&self) -> Digest {
        let mut digester = Digester::default();
        add(&mut digester, &self.theme);
        digester.finish()
    }
}

fn add(digester: &mut Digester, files: &[File]) {
    digester.add(&files.len().to_le_bytes());
    for file in files {
        digester.add(file.path.as_str().as_bytes()).add(&file.bytes);
    }
}

/// Everything that a build reads.
pub(super) struct Inputs {
    pub(super) own: Own,
    documents: Vec<Found>,
    assets: Vec<Found>,
    overrides: Overrides,
    /// The texts of the overrides, as they are written.
    sources: Vec<Source>,
    findings: Vec<Diagnostic>,
    /// Of each document's bytes; nothing where nobody looked yet, or could not.
    digests: Vec<Option<Digest>>,
}

impl Inputs {
    /// Finds out which files there are.
    pub(super) fn find(site: &Site, own: Own) -> Result<Self, Failure> {
        let Diagnosed { value: found, findings } = discover(site)?;
        let of = |role: Role| found.iter().filter(move |found| found.role == role);
        let sources = overrides::files(site, of(Role::Overrides))?;
        let overrides = overrides::said(&sources, &mut Vec::new())?;
        let documents: Vec<Found> = of(Role::Case).cloned().collect();
        Ok(Self {
            own,
            assets: of(Role::Asset).cloned().collect(),
            digests: vec![None; documents.len()],
            documents,
            overrides,
            sources,
            findings,
        })
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.documents.len()
    }

    /// Looks at the bytes of all documents.
    pub(super) fn look(&mut self, site: &Site) {
        let digest = |found: &Found| Some(Digest::of(&bytes(found, site).ok()?));
        self.digests = self.documents.par_iter().map(digest).collect();
    }

    /// What settings and words are known by.
    pub(super) fn wishes(&self, site: &Site) -> Digester {
        let mut digester = Digester::default();
        digester.add(format!("{site:?}").as_bytes());
        add(&mut digester, &self.own.data);
        digester
    }

    /// What everything is known by, files beside the documents left out; nothing where something could not be read.
    pub(super) fn digest(&self, site: &Site) -> Option<Digest> {
        let mut digester = self.wishes(site);
        add(&mut digester, &self.own.theme);
        digester.add(format!("{:?}", self.findings).as_bytes());
        for source in &self.sources {
            digester.add(source.path.as_str().as_bytes()).add(source.text.as_bytes());
        }
        for found in self.documents.iter().chain(&self.assets) {
            digester.add(found.path.as_str().as_bytes());
        }
        for digest in &self.digests {
            digester.add(&(*digest)?.0);
        }
        Some(digester.finish())
    }

    /// What these of the files beside the documents are known by now; those that cannot be read are left out.
    pub(super) fn assets<'a>(
        &self,
        paths: impl Iterator<Item = &'a RelPath>,
    ) -> BTreeMap<RelPath, Digest> {
        let digest = |path: &RelPath| {
            let at = self.assets.binary_search_by(|found| found.path.cmp(path)).ok()?;
            Some((path.clone(), decode::read::digest(&self.assets[at]).ok()?))
        };
        paths.filter_map(digest).collect()
    }

    /// Reads all documents, those that have not changed from the cache.
    pub(super) fn read(
        &mut self,
        site: &Site,
        vocab: &Vocabulary,
        cache: &Cache,
        progress: Progress<'_>,
    ) -> Result<Reading, Failure> {
        let (mut findings, mut sources) = (self.findings.clone(), self.sources.clone());
        self.overrides = overrides::screened(site, vocab, &mut sources, &mut findings)?;
        let reader = Reader { site, vocab, cache, keys: self.keys(site), progress };
        let inputs = &*self;
        let packs = packs(0..self.documents.len(), &self.documents).into_par_iter().enumerate();
        let mut read: Vec<(usize, Read)> =
            packs.flat_map_iter(|(number, places)| reader.pack(number, &places, inputs)).collect();
        read.sort_by_key(|(place, _)| *place);
        let mut cases = Vec::with_capacity(read.len());
        self.digests.clear();
        for (_, read) in read {
            self.digests.push(read.digest);
            cases.push(read.case.map(Arc::new));
        }
        Ok(gather(site, cases, &self.assets, findings, sources, &self.overrides))
    }

    fn keys(&self, site: &Site) -> Keys<'_> {
        let mut before = Digester::default();
        before.add(site.reading().as_bytes());
        add(&mut before, &self.own.data);
        Keys { before, overrides: &self.overrides }
    }

    /// Whether the text of a file is kept in the cache along with what was read from it.
    pub(super) fn keeps(&self, id: FileId) -> bool {
        self.place(id).is_some_and(|place| self.overrides.of(&self.documents[place].path).is_none())
    }

    fn place(&self, id: FileId) -> Option<usize> {
        self.documents.binary_search_by_key(&id, |found| found.id).ok()
    }

    /// The texts of these documents from the cache; nothing where one of them is not as it was when it was looked at.
    pub(super) fn texts(&self, site: &Site, cache: &Cache, ids: &[FileId]) -> Option<Vec<Source>> {
        let keys = self.keys(site);
        let places: Option<Vec<usize>> = ids.iter().map(|&id| self.place(id)).collect();
        let packs = packs(places?.into_iter(), &self.documents).into_par_iter().enumerate();
        let texts = packs.filter(|(_, places)| !places.is_empty()).map(|(number, places)| {
            let mut pack = Pack::load(cache, number);
            let text = |place: usize| {
                let found = &self.documents[place];
                let key = keys.of(&found.path, self.digests[place]?)?;
                Some(pack.take(&found.path, key, found.id)?.source)
            };
            places.into_iter().map(text).collect::<Option<Vec<Source>>>()
        });
        Some(texts.collect::<Option<Vec<_>>>()?.concat())
    }
}

/// Places of documents by the pack that each belongs to.
fn packs(places: impl Iterator<Item = usize>, documents: &[Found]) -> Vec<Vec<usize>> {
    let mut packs = vec![Vec::new(); PACKS];
    for place in places {
        packs[pack_of(&documents[place].path)].push(place);
    }
    packs
}

/// What cases are kept by in the cache.
struct Keys<'a> {
    /// Of what decides besides its bytes what is read from a document.
    before: Digester,
    overrides: &'a Overrides,
}

impl Keys<'_> {
    /// The key of a document of these bytes. One that points into another text, as overrides make it, is not kept.
    fn of(&self, path: &RelPath, digest: Digest) -> Option<Digest> {
        let mut digester = self.before.clone();
        digester.add(path.as_str().as_bytes()).add(&digest.0);
        self.overrides.of(path).is_none().then(|| digester.finish())
    }
}

/// What was read from a document.
struct Read {
    /// Of its bytes, where they could be read.
    digest: Option<Digest>,
    case: Result<Case, Diagnostic>,
}

/// What is the same for all documents.
struct Reader<'a> {
    site: &'a Site,
    vocab: &'a Vocabulary,
    cache: &'a Cache,
    keys: Keys<'a>,
    progress: Progress<'a>,
}

impl Reader<'_> {
    /// Reads the documents of a pack, and writes it anew where something changed.
    fn pack(&self, number: usize, places: &[usize], inputs: &Inputs) -> Vec<(usize, Read)> {
        let mut pack = Pack::load(self.cache, number);
        let before = pack.len();
        let mut taken = 0;
        let mut read = Vec::with_capacity(places.len());
        for &place in places {
            let found = &inputs.documents[place];
            let (one, is_old) = self.one(found, inputs.digests[place], &mut pack);
            taken += usize::from(is_old);
            self.progress.done();
            read.push((place, one));
        }
        if self.cache.is_on() && (taken < before || taken < places.len()) {
            self.save(number, &read);
        }
        read
    }

    /// Reads a document, and says whether it has not changed.
    fn one(&self, found: &Found, digest: Option<Digest>, pack: &mut Pack) -> (Read, bool) {
        if let Some(case) = digest.and_then(|digest| self.known(found, digest, pack)) {
            return (Read { digest, case: Ok(case) }, true);
        }
        self.progress.turns(Part::Decode);
        let bytes = match bytes(found, self.site) {
            Ok(bytes) => bytes,
            Err(finding) => return (Read { digest: None, case: Err(finding) }, false),
        };
        // Somebody may write it between two looks: what counts is what is read.
        let digest = Digest::of(&bytes);
        if let Some(case) = self.known(found, digest, pack) {
            return (Read { digest: Some(digest), case: Ok(case) }, true);
        }
        let overrides = self.keys.overrides;
        let mut case = document(found, bytes, self.site, self.vocab, overrides, self.progress);
        case.incident.settle();
        case.of = self.keys.of(&found.path, digest);
        case.told = if self.cache.is_on() { told(&case) } else { None };
        (Read { digest: Some(digest), case: Ok(case) }, false)
    }

    fn known(&self, found: &Found, digest: Digest, pack: &mut Pack) -> Option<Case> {
        pack.take(&found.path, self.keys.of(&found.path, digest)?, found.id)
    }

    fn save(&self, number: usize, read: &[(usize, Read)]) {
        let cases = read.iter().filter_map(|(_, read)| {
            let case = read.case.as_ref().ok()?;
            Some((case.of?, case))
        });
        documents::save(self.cache, number, &cases.collect::<Vec<_>>());
    }
}
