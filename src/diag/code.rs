//! The one list of findings: code, name and usual severity. Their words stand in `data/findings/`.
//!
//! Codes never change meaning and are never used twice. The hundreds group them: 0 reading the file,
//! 1 the shape of the document, 2 times, 3 facts, 4 actions, 5 links and images, 6 what must not be
//! published, 7 wording, 8 settings and metadata, 9 the site.

use crate::diag::Severity;
use crate::diag::Severity::{Error, Note, Warning};

/// One kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Such as `PM101`.
    pub id: &'static str,
    /// Such as `conflict-markers`: the key of its words.
    pub name: &'static str,
    /// How much it matters unless settings say otherwise.
    pub severity: Severity,
}

impl Code {
    /// It lets whoever reads it in: a key, a token, a password.
    pub fn is_secret(&self) -> bool {
        self.id.starts_with(GROUPS[0].1)
    }

    /// With it a site would show what it must not: a secret, or a document that was to be kept back under another name.
    pub fn is_exposure(&self) -> bool {
        self.is_secret() || *self == KEEPS_NOTHING
    }

    /// A document with such a finding was not read at all.
    pub fn is_refusal(&self) -> bool {
        [&UNREADABLE_FILE, &OUTSIDE_LINK, &FILE_TOO_LARGE, &NOT_A_FILE, &SAME_NAME, &NOT_FACTS]
            .contains(&self)
    }
}

/// A kind of finding is written down as its code.
pub(super) mod by_id {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::{ALL, Code};

    pub(in crate::diag) fn serialize<S: Serializer>(
        code: &&'static Code,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        code.id.serialize(to)
    }

    pub(in crate::diag) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<&'static Code, D::Error> {
        let id = String::deserialize(from)?;
        let known = ALL.iter().copied().find(|code| code.id == id);
        known.ok_or_else(|| D::Error::custom(id))
    }
}

/// Findings that are hidden together, and denied together: the name of the group and the beginning of its codes.
pub const GROUPS: [(&str, &str); 3] =
    [("secrets", "PM60"), ("personal", "PM61"), ("network", "PM62")];

macro_rules! codes {
    ($($constant:ident = $id:literal $name:literal $severity:ident;)*) => {
        $(
            #[doc = concat!("`", $id, "` ", $name)]
            pub static $constant: Code = Code { id: $id, name: $name, severity: $severity };
        )*
        /// Every code, in order.
        pub static ALL: &[&Code] = &[$(&$constant),*];
    };
}

codes! {
    UNREADABLE_FILE = "PM001" "unreadable-file" Error;
    OUTSIDE_LINK = "PM002" "outside-link" Error;
    BINARY_FILE = "PM003" "binary-file" Error;
    FILE_TOO_LARGE = "PM004" "file-too-large" Error;
    EMPTY_DOCUMENT = "PM005" "empty-document" Warning;
    LEGACY_ENCODING = "PM006" "legacy-encoding" Note;
    DOUBLE_ENCODED = "PM007" "double-encoded" Warning;
    LOST_BYTES = "PM008" "lost-bytes" Warning;
    DECOMPOSED = "PM009" "decomposed" Note;
    CONTROL_CHARACTERS = "PM010" "control-characters" Warning;
    NOT_A_FILE = "PM011" "not-a-file" Warning;
    TOO_MANY = "PM012" "too-many" Note;
    SAME_NAME = "PM013" "same-name" Warning;
    NO_REPORT = "PM014" "no-report" Note;

    CONFLICT_MARKERS = "PM101" "conflict-markers" Warning;
    FRONT_MATTER = "PM102" "front-matter" Warning;
    TOO_DEEP = "PM103" "too-deep" Warning;
    EMPTY_SECTION = "PM104" "empty-section" Note;
    TEMPLATE_LEFTOVER = "PM105" "template-leftover" Warning;
    MISPLACED_SECTION = "PM106" "misplaced-section" Note;
    LONG_LINE = "PM107" "long-line" Warning;
    OPEN_FRONT_MATTER = "PM108" "open-front-matter" Warning;
    SEVERAL_INCIDENTS = "PM109" "several-incidents" Warning;

    CLOCK_SLIP = "PM201" "clock-slip" Warning;
    DETECTED_FIRST = "PM202" "detected-first" Note;
    RESOLVED_FIRST = "PM203" "resolved-first" Warning;
    DURATION_DIFFERS = "PM204" "duration-differs" Warning;
    WEEKDAY_DIFFERS = "PM205" "weekday-differs" Warning;
    ZONE_OUT_OF_SEASON = "PM206" "zone-out-of-season" Note;
    AMBIGUOUS_DATE = "PM207" "ambiguous-date" Warning;
    NO_YEAR = "PM208" "no-year" Warning;
    FUTURE_DATE = "PM209" "future-date" Warning;
    NO_ZONE = "PM210" "no-zone" Note;
    MITIGATED_FIRST = "PM211" "mitigated-first" Warning;
    TIMELINE_BACKWARDS = "PM212" "timeline-backwards" Note;

    NO_TITLE = "PM301" "no-title" Warning;
    NO_DATE = "PM302" "no-date" Warning;
    NO_ROOT_CAUSE = "PM303" "no-root-cause" Warning;
    NO_DETECTION = "PM304" "no-detection" Note;
    NO_RESOLUTION = "PM305" "no-resolution" Note;
    NO_TIMELINE = "PM306" "no-timeline" Note;
    NO_ACTIONS = "PM307" "no-actions" Note;
    SEVERITY_TWICE = "PM308" "severity-twice" Warning;
    DUPLICATE_DOCUMENT = "PM309" "duplicate-document" Warning;
    DUPLICATE_INCIDENT = "PM310" "duplicate-incident" Note;
    VERSIONS_DIFFER = "PM311" "versions-differ" Warning;
    VERSION_KEPT_BACK = "PM312" "version-kept-back" Warning;

    NO_OWNER = "PM401" "no-owner" Note;
    NO_DUE = "PM402" "no-due" Note;
    OVERDUE = "PM403" "overdue" Warning;

    MISSING_IMAGE = "PM501" "missing-image" Warning;
    REMOTE_IMAGE = "PM502" "remote-image" Note;
    BROKEN_LINK = "PM503" "broken-link" Warning;
    UNSAFE_LINK = "PM504" "unsafe-link" Warning;
    UNSAFE_HTML = "PM505" "unsafe-html" Warning;
    NO_ALT = "PM506" "no-alt" Note;
    BROKEN_ANCHOR = "PM507" "broken-anchor" Warning;

    ACCESS_KEY = "PM601" "access-key" Error;
    SERVICE_TOKEN = "PM602" "service-token" Error;
    PRIVATE_KEY = "PM603" "private-key" Error;
    JSON_WEB_TOKEN = "PM604" "json-web-token" Error;
    PASSWORD = "PM605" "password" Error;
    SECRET_VALUE = "PM606" "secret-value" Error;
    SIGNED_URL = "PM607" "signed-url" Error;
    RESIDENT_NUMBER = "PM611" "resident-number" Error;
    EMAIL = "PM612" "email" Warning;
    PHONE = "PM613" "phone" Warning;
    PAYMENT_CARD = "PM614" "payment-card" Error;
    PUBLIC_ADDRESS = "PM621" "public-address" Note;
    PRIVATE_ADDRESS = "PM622" "private-address" Note;
    INTERNAL_HOST = "PM623" "internal-host" Note;

    BLAME = "PM701" "blame" Warning;
    HUMAN_ERROR = "PM702" "human-error" Warning;

    UNKNOWN_KEY = "PM801" "unknown-key" Warning;
    WRONG_VALUE = "PM802" "wrong-value" Warning;
    UNKNOWN_CAUSE = "PM803" "unknown-cause" Warning;
    UNKNOWN_DOCUMENT = "PM804" "unknown-document" Warning;
    WORDS = "PM805" "words" Error;
    UNKNOWN_FINDING = "PM806" "unknown-finding" Warning;
    FOREIGN_KEY = "PM807" "foreign-key" Note;
    IDLE_PATTERN = "PM808" "idle-pattern" Warning;
    UNKNOWN_MEANING = "PM809" "unknown-meaning" Error;
    WRONG_PHRASE = "PM810" "wrong-phrase" Error;
    UNKNOWN_GROUP = "PM811" "unknown-group" Error;
    IDLE_FILE = "PM812" "idle-file" Warning;
    UNKNOWN_STRING = "PM813" "unknown-string" Warning;
    KEEPS_NOTHING = "PM814" "keeps-nothing" Error;

    SAME_ADDRESS = "PM901" "same-address" Warning;
    NO_FOLDER = "PM910" "no-folder" Error;
    CANNOT_READ = "PM911" "cannot-read" Error;
    CANNOT_WRITE = "PM912" "cannot-write" Error;
    SETTINGS = "PM913" "settings" Error;
    TEMPLATE = "PM914" "template" Error;
    NOT_OURS = "PM915" "not-ours" Error;
    FOLDERS_OVERLAP = "PM916" "folders-overlap" Error;
    LOCKED = "PM917" "locked" Error;
    NO_THEME = "PM918" "no-theme" Error;
    NO_DOCUMENT = "PM919" "no-document" Error;
    UNKNOWN_FIELD = "PM920" "unknown-field" Error;
    BAD_OPTION = "PM921" "bad-option" Error;
    ALREADY_THERE = "PM922" "already-there" Error;
    CANNOT_LISTEN = "PM923" "cannot-listen" Error;
    NOT_AN_EXPORT = "PM924" "not-an-export" Error;
    NOT_IMPORTED = "PM925" "not-imported" Warning;
    NOT_FACTS = "PM926" "not-facts" Error;
    NO_REVISION = "PM927" "no-revision" Error;
    UNKNOWN_EXPORT = "PM928" "unknown-export" Error;
    PARTIAL_EXPORT = "PM929" "partial-export" Warning;
    OVERRIDES = "PM930" "overrides" Error;
    PART_OF_A_SITE = "PM931" "part-of-a-site" Error;
}
