//! The text of a document on its page: what is a link, where it leads, how notes, quotes and columns look.

use crate::project::Project;

/// The body of a document.
fn body(text: &str) -> String {
    let project = Project::new().file("content/a.md", format!("# Checkout outage\n\n{text}"));
    project.run(["build", "--quiet"]).ends(0);
    let page = project.read("public/incidents/a.html");
    let (_, rest) = page.split_once("class=body lang=en>").unwrap();
    rest.split_once("<details class=findings").unwrap().0.to_owned()
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    let body = body(text);
    for part in parts {
        assert!(body.contains(part), "{part}\nin {body}");
    }
}

#[test]
fn notes_have_numbers_that_lead_there_and_back() {
    let text = "It broke[^log]. It ended[^b], they say[^log].\n\n[^b]: See the monitor.\n\n    At its end.\n\n[^log]: The log.\n\n[^c]: Nobody asks.\n";
    has(
        text,
        &[
            "<a class=\"footnote\" href=\"#fn-log\" id=\"fnref-log\">1</a>",
            "<a class=\"footnote\" href=\"#fn-b\" id=\"fnref-b\">2</a>",
            "id=\"fn-b\"><a href=\"#fnref-b\">2</a><div>\n<p>See the monitor.\n<p>At its end.</div></div>",
            "id=\"fn-log\"><a href=\"#fnref-log\">1</a>",
        ],
    );
    // What is sanitised keeps them.
    let raw = body(&format!("{text}\n<kbd>x</kbd>\n"));
    assert!(
        raw.contains("<a href=\"#fnref-b\" rel=\"noopener noreferrer nofollow\">2</a>"),
        "{raw}"
    );
}

#[test]
fn bare_addresses_are_links_and_those_that_are_not_whole_are_none() {
    has(
        "See https://a.test/x_y_z?b=1&c=2. Or [https://b.test/x](https://c.test), `https://d.test`.\n",
        &[
            "href=\"https://a.test/x_y_z?b=1&amp;c=2\"",
            ">https://b.test/x</a>",
            "<code>https://d.test",
        ],
    );
    for text in ["https://a.test/?b=1&amp;c=2", "<a href='https://a.test'>https://b.test/x</a>"] {
        let body = body(&format!("See {text} there.\n"));
        assert!(
            !body.contains("href=\"https://a.test/?") && !body.contains("href=\"https://b"),
            "{body}"
        );
    }
}

#[test]
fn quotes_that_warn_and_columns_that_are_aligned() {
    has(
        "> [!WARNING]\n> Do not restart.\n\n| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 |\n",
        &[
            "class=\"alert\"><p><b>WARNING</b></p>",
            "<td>1</td><td class=\"to-right\">2</td><td class=\"to-center\">3</td>",
        ],
    );
    // What a text says of markup stays.
    has(
        "# A\n\nWrite `<td style=\"text-align: left\">` here.\n",
        &["&lt;td style=\"text-align: left\"&gt;"],
    );
}

#[test]
fn links_lead_to_headings_by_the_names_that_other_sites_give_them() {
    has(
        "[a](#impact-1) [b](#why) [c](#checkout-outage) [d](#ev) [e](#whats-next) [f](#gone)\n\n## Impact\n\n## Impact\n\n## Cause {#why}\n\n## What's next\n\n<a id=ev></a>\n",
        &[
            "<a href=\"#s-impact-1\"",
            "<h3 id=\"s-impact-1\">Impact",
            "<a href=\"#s-why\"",
            "id=\"s-why\">Cause<",
            "<a href=\"#title\"",
            "<a href=\"#s-ev\"",
            "id=\"s-ev\"",
            "<a href=\"#s-whats-next\"",
            ">f</a>",
        ],
    );
}
