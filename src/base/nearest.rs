//! The word that was probably meant.

/// The candidate that differs in the fewest letters, if it is close enough to have been meant.
pub fn nearest<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = 1 + wrong.len() / 4;
    // What is much longer or shorter cannot be close: nothing is compared with a word of a megabyte.
    let length = wrong.chars().count();
    let alike = candidates.filter(|right| right.chars().count().abs_diff(length) <= most);
    let (letters, right) = alike.map(|right| (distance(wrong, right), right)).min()?;
    (letters <= most).then_some(right)
}

/// The path that was probably meant: one much the same, else one that ends in the same name.
pub fn nearest_path<'a>(
    wrong: &str,
    candidates: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
    nearest(wrong, candidates.clone())
        .or_else(|| candidates.clone().find(|path| name(path) == name(wrong)))
}

/// Letters to insert, delete, change or swap with a neighbour to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
