//! One incident: everything that a document says about it.

use serde::{Deserialize, Serialize};

use crate::base::span::Span;
use crate::model::action::Action;
use crate::model::cause::{Cause, CauseId, Naming};
use crate::model::fact::{Fact, Field};
use crate::model::kind::{Detection, Lang, Resolution, Visibility};
use crate::model::timeline::Entry;
use crate::model::when::{Moment, PartialDate, Zone};

/// All facts of one document. What was not found is empty, which means unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// The main language of the prose.
    pub lang: Lang,
    /// A heading, else the best sentence, else the file name; never empty.
    pub title: Field<String>,
    /// Day on which the incident began.
    pub date: Field<PartialDate>,
    /// When the impact began.
    pub started_at: Field<Moment>,
    /// When somebody or something noticed.
    pub detected_at: Field<Moment>,
    /// When the impact was stopped or reduced.
    pub mitigated_at: Field<Moment>,
    /// When service was back for good.
    pub resolved_at: Field<Moment>,
    /// The main time zone.
    pub time_zone: Field<Zone>,
    /// How long, in minutes.
    pub duration_minutes: Field<f64>,
    /// As written.
    pub severity: Field<String>,
    /// Share of users or requests affected.
    pub affected_percent: Field<f64>,
    /// Services or components named as affected.
    pub services: Vec<Fact<String>>,
    /// Causes and contributing factors that the text asserts.
    pub root_causes: Vec<Cause>,
    /// Every place that names a cause, for those who ask why.
    pub namings: Vec<Naming>,
    /// Suspected and ruled out.
    pub dismissed: Vec<Fact<CauseId>>,
    /// What noticed it first.
    pub detection: Field<Detection>,
    /// What ended it.
    pub resolution: Vec<Fact<Resolution>>,
    /// Entries that carry their own time.
    pub timeline: Vec<Entry>,
    /// What was promised.
    pub actions: Vec<Action>,
    /// Words that the author filed it under.
    pub tags: Vec<String>,
    /// The author's own address for the page.
    pub slug: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
}

impl Incident {
    /// An incident of which nothing is known.
    pub fn unknown(lang: Lang) -> Self {
        Self {
            lang,
            title: Field::default(),
            date: Field::default(),
            started_at: Field::default(),
            detected_at: Field::default(),
            mitigated_at: Field::default(),
            resolved_at: Field::default(),
            time_zone: Field::default(),
            duration_minutes: Field::default(),
            severity: Field::default(),
            affected_percent: Field::default(),
            services: Vec::new(),
            root_causes: Vec::new(),
            namings: Vec::new(),
            dismissed: Vec::new(),
            detection: Field::default(),
            resolution: Vec::new(),
            timeline: Vec::new(),
            actions: Vec::new(),
            tags: Vec::new(),
            slug: None,
            visibility: Visibility::Public,
        }
    }

    /// The title that won.
    pub fn title(&self) -> &str {
        self.title.value().map_or("", String::as_str)
    }

    /// Shows every place in a text that anything was read from.
    pub fn each_place(&mut self, mut see: impl FnMut(&mut Span)) {
        let see = &mut see;
        self.title.each_place(see);
        self.date.each_place(see);
        self.started_at.each_place(see);
        self.detected_at.each_place(see);
        self.mitigated_at.each_place(see);
        self.resolved_at.each_place(see);
        self.time_zone.each_place(see);
        self.duration_minutes.each_place(see);
        self.severity.each_place(see);
        self.affected_percent.each_place(see);
        self.detection.each_place(see);
        self.services.iter_mut().for_each(|fact| see(&mut fact.evidence));
        self.dismissed.iter_mut().for_each(|fact| see(&mut fact.evidence));
        self.resolution.iter_mut().for_each(|fact| see(&mut fact.evidence));
        for cause in &mut self.root_causes {
            see(&mut cause.fact.evidence);
            cause.more.iter_mut().for_each(&mut *see);
        }
        for naming in &mut self.namings {
            see(&mut naming.sentence);
            see(&mut naming.words);
        }
        self.timeline.iter_mut().for_each(|entry| see(&mut entry.span));
        self.actions.iter_mut().for_each(|action| see(&mut action.span));
    }

    /// Forgets the readings that lost.
    pub fn settle(&mut self) {
        self.title.settle();
        self.date.settle();
        self.started_at.settle();
        self.detected_at.settle();
        self.mitigated_at.settle();
        self.resolved_at.settle();
        self.time_zone.settle();
        self.duration_minutes.settle();
        self.severity.settle();
        self.affected_percent.settle();
        self.detection.settle();
        self.namings = Vec::new();
    }
}
