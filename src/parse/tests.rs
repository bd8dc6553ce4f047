use std::fmt::Write as _;
use std::sync::Arc;

use super::*;
use crate::base::path::RelPath;
use crate::base::span::FileId;
use crate::parse::document::BlockKind;

/// One line a block: its kind, its source line, its text.
fn shape(name: &str, text: &str) -> String {
    let source = Source { id: FileId(0), path: RelPath::known(name), text: Arc::from(text) };
    let parsed = parse(&source);
    let mut out = String::new();
    for finding in &parsed.findings {
        let _ = writeln!(out, "! {}", finding.code.name);
    }
    for block in &parsed.value.blocks {
        let kind = match block.kind {
            BlockKind::Heading { level, .. } => format!("h{level}"),
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Item => {
                let place = block.item.unwrap();
                let task = place.task.map_or("", |done| if done { "x" } else { "o" });
                format!("{}{}{task}", if place.ordered { "#" } else { "-" }, place.depth)
            }
            BlockKind::Row { head, .. } => if head { "th" } else { "tr" }.to_owned(),
            BlockKind::Code => "code".to_owned(),
        };
        let text =
            parsed.value.view.slice(block.text.clone()).replace('\n', "⏎").replace('\t', "│");
        let _ = writeln!(out, "{kind}@{}: {text}", source.position(block.source.start).line);
    }
    out
}

#[test]
fn markdown_blocks() {
    insta::assert_snapshot!(shape("a.md", "\
---
title: x
---
# Down #
**Duration:** 14:00~15:00 ~ 15:30
- one
  * two `code`
  + [x] three
1. four

| a | b |
|---|---|
| 1 |   |

> quoted

```sh
# not a heading
```
"), @r"
    h1@4: Down
    p@5: Duration: 14:00~15:00 ~ 15:30
    -1@6: one
    -2@7: two code
    -2x@8: three
    #1@9: four
    th@11: a│b
    tr@13: 1
    p@15: quoted
    code@17: # not a heading
    ");
}

#[test]
fn blocks_of_other_generators_are_their_text() {
    insta::assert_snapshot!(shape("a.md", "\
import Chart from '@site/chart';

!!! abstract \"Summary\"
    Orders were down.

    - one
      more
??? warning
    ```sh
    keep me
    ```
=== \"Impact\"

    | a | b |
    |---|---|
    | 1 | 2 |
Prose again.

:::danger[SEV1]
Nobody could pay.
:::
::: {.note}

> [!bug]- Why
> A lock.

> [!NOTE]
> As it is.

{% include toc.html %}

{: .no_toc }
## Detection {: #seen}

{% highlight rb %}
# no heading
{% endhighlight %}
Seen by {{< user name=\"x\" >}}Eva, see [[Deadlock|that one]], [[x]](y) and `[[ -z ]]`. ^here

Owner:: Eva
{{< figure src=\"a b.png\" alt=\"Load\" >}}
std::vec and `{% raw %}` stay
"), @r"
    p@3: Summary
    p@4: Orders were down.
    -1@6: one⏎more
    p@8: warning
    code@9: keep me
    p@12: Impact
    th@14: a│b
    tr@16: 1│2
    p@17: Prose again.
    p@19: SEV1
    p@20: Nobody could pay.
    p@24: Why
    p@25: A lock.
    p@28: As it is.
    h2@33: Detection
    code@35: # no heading
    p@38: Seen by Eva, see that one, [x] and [[ -z ]].
    p@40: Owner: Eva⏎std::vec and {% raw %} stay
    ");
}

#[test]
fn comments_of_other_generators_are_no_text() {
    insta::assert_snapshot!(shape("a.md", "\
# Down %% not for them %% today

%%
ask legal

```
in a comment
```
%%
{/* Bob's
deadlock */} It was slow. {% comment %}x{% endcomment %}

100%% of a, 50%% of b, `%% code %%`

```
%% code
%%
```
{{< comment >}} a {{< /comment >}}

%% nobody closes it
"), @r"
    h1@1: Down  today
    p@11: It was slow.
    p@13: 100%% of a, 50%% of b, %% code %%
    code@15: %% code⏎%%
    p@21: %% nobody closes it
    ");
}

#[test]
fn what_raw_html_hides_is_no_text() {
    insta::assert_snapshot!(shape("a.md", "\
# Down <span hidden>for us</span> today

<div style=\"display: none\">

Bob's deadlock

```
</div> in code
```
</div>
It was slow.

> a <template>
> b</template> c

%% <div hidden> %% d
"), @r"
    h1@1: Down  today
    p@11: It was slow.
    p@13: a  c
    p@16: d
    ");
}

#[test]
fn slips_are_put_in_order() {
    insta::assert_snapshot!(shape("a.md", "\
<<<<<<< HEAD
##Summary
• one
. two
=======
# x
>>>>>>> abc
#tag #other
**\"데드락\"**이 발생
"), @r#"
    ! conflict-markers
    h2@2: Summary
    -1@3: one
    -1@4: two
    p@8: #tag #other⏎"데드락"이 발생
    "#);
}

#[test]
fn plain_text_gets_a_shape() {
    insta::assert_snapshot!(shape("a.txt", "\
The checkout was down

Issue Summary
On Friday the checkout was down for an hour because a <migration> locked the orders table twice.
Timeline
9:56 pm
The alert fired

Next steps:
    - one
    - two
       more of two
Done.
"), @r"
    h1@1: The checkout was down
    h2@3: Issue Summary
    p@4: On Friday the checkout was down for an hour because a <migration> locked the orders table twice.
    h2@5: Timeline
    p@6: 9:56 pm⏎The alert fired
    h2@9: Next steps:
    -1@10: one
    -1@11: two⏎more of two
    p@13: Done.
    ");
}

#[test]
fn restructured_text_and_html() {
    insta::assert_snapshot!(shape("a.rst", "\
=====
Title
=====

What happened
-------------

See `the log <https://x.example/a>`_.
"), @r"
    h1@2: Title
    h2@5: What happened
    p@8: See the log.
    ");
    insta::assert_snapshot!(shape("a.md", "<h2>Impact &amp; more</h2>\n<ul><li>one<br>two</li></ul>\n<script>no</script>\n"), @r"
    h2@1: Impact & more
    -1@2: one⏎two
    ");
}

#[test]
fn every_place_leads_back_to_the_source() {
    let text = "x **bold &amp; 데드락** y\n\n• item `code`\n";
    let source = Source { id: FileId(0), path: RelPath::known("a.md"), text: Arc::from(text) };
    let view = parse(&source).value.view;
    for word in ["bold", "데드락", "item", "code", "y"] {
        let at = view.text.find(word).unwrap() as u32;
        let range = view.source(at..at + word.len() as u32);
        assert_eq!(text.get(range.start as usize..range.end as usize), Some(word));
    }
}

#[test]
fn fences_that_nobody_closed_well() {
    insta::assert_snapshot!(shape("a.md", "# T\n\n```text\nclock: no\nservice: up```\n\n## Next\n\n1.       one\n2.       two\n\n```bash\nsystemctl status\n\nIt ran.\n"), @r"
    h1@1: T
    code@3: clock: no⏎service: up
    h2@7: Next
    #1@9: one
    #1@10: two
    code@12: systemctl status
    p@15: It ran.
    ");
}

/// Lists deeper than the indentation of code, with the bullet that most people use.
#[test]
fn lists_in_lists_stay_there() {
    let shape = shape("a.md", "# A\n\n- one\n  - two\n    - three it is\n      - four it is\n");
    assert_eq!(shape, "h1@1: A\n-1@3: one\n-2@4: two\n-3@5: three it is\n-4@6: four it is\n");
}

/// A list below a heading that its author indented as a whole.
#[test]
fn lists_that_are_indented_by_habit() {
    let shape = shape(
        "a.md",
        "##A\n\t- one thing\n\t  - two things\n\n##B\n\n    - one thing\n      - two things\n",
    );
    insta::assert_snapshot!(shape, @r"
    h2@1: A
    -1@2: one thing
    -2@3: two things
    h2@5: B
    -1@7: one thing
    -2@8: two things
    ");
}

/// Logs and tables between sentences, some of whose lines read like sentences and items.
#[test]
fn indented_code_is_code_as_a_whole() {
    insta::assert_snapshot!(shape("a.md", "\
# A

The log said:

    ERROR  not found in <Map>
        at foo.Bar(Baz.java:10)

    - not a list

## B

    Exception in thread main
        at foo.Bar(Baz.java:10)
    Caused by: p == NULL

It ended.

    This letter indents its paragraphs.

1. one

    of an item

[^1]: note

    of a note
"), @r"
    h1@1: A
    p@3: The log said:
    code@5: ERROR  not found in <Map>⏎    at foo.Bar(Baz.java:10)⏎⏎- not a list
    h2@10: B
    code@12: Exception in thread main⏎    at foo.Bar(Baz.java:10)⏎Caused by: p == NULL
    p@16: It ended.
    p@18: This letter indents its paragraphs.
    #1@20: one
    p@22: of an item
    p@24: note
    p@26: of a note
    ");
}

/// Markers that would be tidied away elsewhere.
#[test]
fn a_title_that_is_centred_is_text() {
    insta::assert_snapshot!(shape("a.md", "Postmortem\n\n          A deadlock in the shop\n\nIt was down.\n"), @r"
    h1@1: Postmortem
    h2@3: A deadlock in the shop
    p@5: It was down.
    ");
}

#[test]
fn what_indented_code_shows_is_left_alone() {
    insta::assert_snapshot!(shape("a.md", "# A\n\nIt ran\n\n    $ c\n    * a b\n    2024. 4. 15. c\n    ##d\n"), @r"
    h1@1: A
    p@3: It ran
    code@5: $ c⏎* a b⏎2024. 4. 15. c⏎##d
    ");
}

#[test]
fn parts_behind_a_square() {
    insta::assert_snapshot!(shape("a.txt", "Checkout down\n\n■ Impact\n- some users\n■ Cause\n- a lost index\n"), @"
    h1@1: Checkout down
    h2@3: Impact
    -1@4: some users
    h2@5: Cause
    -1@6: a lost index
    ");
    // A row of marked lines is a list.
    insta::assert_snapshot!(shape("a.md", "# Checkout down\n\n● Fix the index\n● Watch the lag\n"), @"
    h1@1: Checkout down
    -1@3: Fix the index
    -1@4: Watch the lag
    ");
    insta::assert_snapshot!(shape("a.md", "# Checkout down\n\n● Impact\n\nSome users.\n\n● Cause\n\nA lost index.\n"), @"
    h1@1: Checkout down
    h3@3: Impact
    p@5: Some users.
    h3@7: Cause
    p@9: A lost index.
    ");
}

#[test]
fn dates_with_dots_are_no_numbers_of_items() {
    insta::assert_snapshot!(shape("a.md", "# 장애\n\n2024. 4. 15. 10:15 발생\n\n- 4. 15. 11:02 복구\n\n1. 하나\n2. 둘\n"), @"
    h1@1: 장애
    p@3: 2024. 4. 15. 10:15 발생
    -1@5: 4. 15. 11:02 복구
    #1@7: 하나
    #1@8: 둘
    ");
    insta::assert_snapshot!(shape("a.txt", "장애\n\n2024. 4. 15. 10:15 발생\n4. 15. 11:02 복구\n"), @"
    h1@1: 장애
    p@3: 2024. 4. 15. 10:15 발생⏎4. 15. 11:02 복구
    ");
}

#[test]
fn quotes_within_quotes_end_somewhere() {
    let quotes = |depth: usize| {
        let text = format!("# Checkout down\n\n{}The index was lost\n", "> ".repeat(depth));
        let path = RelPath::known("a.md");
        let parsed = parse(&Source { id: FileId(0), path, text: Arc::from(text) });
        let last = parsed.value.blocks.last().unwrap();
        (last.quotes, parsed.value.view.slice(last.text.clone()).to_owned())
    };
    for (depth, kept) in [(1, 1), (64, 64), (65, 64), (5000, 64)] {
        assert_eq!(quotes(depth), (kept, "The index was lost".to_owned()));
    }
}
