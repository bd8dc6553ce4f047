//! Closed lists: what noticed an incident, what ended it, languages, who may see it.

macro_rules! kinds {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All of them, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in data and settings.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The one of this name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
            }
        }
    };
}
pub(crate) use kinds;

kinds! {
    /// The main language of a document's prose.
    Lang {
        /// English.
        En = "en",
        /// Korean.
        Ko = "ko",
    }
}

kinds! {
    /// What noticed the incident first.
    Detection {
        /// A tool: an alert, a dashboard, a health check.
        Monitoring = "monitoring",
        /// Users or customers.
        Customer = "customer-report",
        /// Staff by themselves.
        Internal = "internal-report",
    }
}

kinds! {
    /// What ended the incident.
    Resolution {
        /// Back to an earlier version.
        Rollback = "rollback",
        /// A restart, reboot or re-creation.
        Restart = "restart",
        /// A changed setting.
        ConfigurationFix = "configuration-fix",
        /// Changed code.
        CodeFix = "code-fix",
        /// More or larger resources.
        Scaling = "scaling",
        /// A switch to a spare.
        Failover = "failover",
        /// A process, query or transaction ended by hand.
        ProcessTermination = "process-termination",
        /// Data restored or corrected.
        DataRepair = "data-repair",
        /// A part replaced.
        HardwareReplacement = "hardware-replacement",
        /// The provider mended it.
        ProviderRecovery = "provider-recovery",
        /// A certificate, token or domain renewed.
        Renewal = "renewal",
        /// Limits, blocks, queues, a feature switched off.
        TrafficControl = "traffic-control",
        /// Indexes, queries, locking.
        DatabaseTuning = "database-tuning",
        /// Space, logs, caches or queues cleared.
        Cleanup = "cleanup",
    }
}

kinds! {
    /// Who may see a document.
    Visibility {
        /// Published.
        Public = "public",
        /// Not yet: left out unless drafts are asked for.
        Draft = "draft",
        /// Never.
        Private = "private",
    }
}
