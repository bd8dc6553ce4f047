//! Incidents like one, and why they are.

use crate::index::facet::Facet;
use crate::index::related::Related;
use crate::model::kind::Lang;
use crate::render::view::incident::RelatedView;
use crate::render::view::names;
use crate::render::view::row::{self, TitleLink};
use crate::render::{Scene, when};

/// What a page in a language says of an incident like its own.
pub(super) fn view(scene: &Scene<'_>, lang: Lang, related: &Related) -> RelatedView {
    let strings = scene.theme.strings(lang);
    let list = |facet: Facet, places: &[u32]| {
        let all = scene.names.all(lang, facet);
        let names: Vec<&str> =
            places.iter().map(|&place| all[place as usize].name.as_str()).collect();
        names.join(", ")
    };
    let causes = list(Facet::Cause, &related.causes);
    let same = if related.services.is_empty() {
        strings.fill("related_cause", &[("causes", &causes)])
    } else {
        let services = list(Facet::Service, &related.services);
        strings.fill("related_both", &[("causes", &causes), ("services", &services)])
    };
    let days = related.days_before.filter(|&days| days != 0);
    let when = days.map(|days| {
        let key = if days > 0 { "related_before" } else { "related_after" };
        strings.fill(key, &[("a", &when::days(days, strings))])
    });
    let open = (related.days_before.is_some_and(|days| days > 0) && related.open_actions > 0)
        .then(|| left_open(scene, lang, related));
    let reasons: Vec<String> = [Some(same), when, open].into_iter().flatten().collect();
    let TitleLink { title, lang, url } = row::title(scene, lang, related.id);
    RelatedView { title, lang, url, reason: reasons.join(strings.get("clause")) }
}

/// What an earlier incident promised and is not known to have kept.
fn left_open(scene: &Scene<'_>, lang: Lang, related: &Related) -> String {
    let strings = scene.theme.strings(lang);
    let themes: Vec<String> = related
        .open_themes
        .iter()
        .take(3)
        .map(|&theme| names::theme(scene, lang, Some(theme)).name)
        .collect();
    if themes.is_empty() {
        return strings.count("related_open", related.open_actions);
    }
    let key = strings.form("related_open_for", related.open_actions);
    strings.fill(&key, &[("n", &related.open_actions), ("a", &themes.join(", "))])
}
