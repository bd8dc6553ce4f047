//! Any text has units of search that say no more than it: words of bounded length, runs whose words are in them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmsite::index::search::token::{Token, stem, tokens};
use pmsite_fuzz::vocabulary;

fuzz_target!(|text: &str| {
    let mut syllables = 0;
    tokens(text, &vocabulary().search.particles, |token| match token {
        Token::Word(word) => {
            assert!(!word.text.is_empty() && !stem(&word.text).is_empty(), "{word:?}");
            assert!(word.text.chars().count() <= 3 * 64, "{word:?}");
        }
        Token::Run(run) => {
            assert!(
                !run.syllables.is_empty()
                    && run.syllables.chars().all(|letter| ('가'..='힣').contains(&letter))
            );
            assert_eq!(run.is_particle, run.words().next().is_none(), "{run:?}");
            assert!(run.words().all(|word| !word.is_empty()), "{run:?}");
            syllables += run.syllables.chars().count();
        }
        Token::Initials(letters) => assert!(!letters.is_empty()),
    });
    assert!(syllables <= text.chars().count());
});
