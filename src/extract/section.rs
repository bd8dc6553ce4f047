//! Which part of a report a line belongs to, and what that part is about.

use crate::vocab::meaning::{Label, SectionRole};

/// What a part is about; a heading may name two things, as in "Root cause and resolution".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u16);

impl Roles {
    /// About nothing that we know.
    pub const NONE: Self = Self(0);

    /// Adds a role.
    pub fn add(&mut self, role: SectionRole) {
        self.0 |= 1 << role as u16;
    }

    /// Whether it is about this.
    pub fn has(self, role: SectionRole) -> bool {
        self.0 & (1 << role as u16) != 0
    }

    /// Whether it is about any of these.
    pub fn any(self, roles: &[SectionRole]) -> bool {
        roles.iter().any(|&role| self.has(role))
    }

    /// Whether something is known, and nothing but these.
    pub fn is_within(self, roles: &[SectionRole]) -> bool {
        let all = roles.iter().fold(0, |all, &role| all | 1 << role as u16);
        !self.is_empty() && self.0 & !all == 0
    }

    /// What both are about.
    pub fn intersect(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// All but one.
    pub fn without(self, role: SectionRole) -> Self {
        Self(self.0 & !(1 << role as u16))
    }

    /// Whether nothing is known.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Only this role.
    pub fn only(role: SectionRole) -> Self {
        let mut roles = Self::NONE;
        roles.add(role);
        roles
    }
}

/// A heading, marked or not, and what stands below it.
#[derive(Clone, Debug)]
pub struct Part {
    /// The heading's line.
    pub heading: Option<u32>,
    /// Depth: smaller numbers hold larger ones.
    pub level: u8,
    /// The part around it.
    pub parent: Option<u32>,
    /// What it is about, inherited where its own heading does not say.
    pub roles: Roles,
    /// What the heading itself says, if anything.
    pub own: Roles,
    /// The heading names a field: the lines below are its value.
    pub label: Option<Label>,
}
