//! The table at the end of a run: each piece of work beside its limit and its goal.

use std::fmt;

/// What a piece of work is wanted to cost at most.
#[derive(Clone, Copy)]
pub enum Goal {
    /// So many times the limit.
    Times(f64),
    /// So many nanoseconds, on any machine that people use.
    Nanoseconds(f64),
    /// So many nanoseconds where the limit takes `beside` of them, and in proportion elsewhere.
    Scaled {
        /// What is wanted at most.
        most: f64,
        /// What the limit took on the machine for which that was said.
        beside: f64,
    },
    /// So many nanoseconds beyond the limit.
    Beyond(f64),
    /// So many times another row of the same run, which took `of` nanoseconds.
    Growth {
        /// How many times as long, at most.
        times: f64,
        /// Which row that is.
        row: &'static str,
        /// What it took.
        of: f64,
    },
    /// This share of what the limit does in the same time.
    Throughput(f64),
    /// Nothing is wanted of it: it is there to be looked at.
    None,
}

/// One line of the table.
pub struct Row {
    work: &'static str,
    limit: &'static str,
    limit_took: f64,
    took: f64,
    goal: Goal,
}

/// All lines of a run.
#[derive(Default)]
pub struct Table(Vec<Row>);

/// As GitHub's Markdown, so that a run can be put into a document as it is.
impl Table {
    /// What stands above the lines.
    pub const HEAD: &str = "| Work | Limit | Limit took | Took | Ratio | Goal | Met |\n|---|---|--:|--:|--:|---|---|\n";

    /// Adds a line.
    pub fn push(&mut self, row: Row) {
        self.0.push(row);
    }
}

/// The lines, without what stands above them.
impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|row| writeln!(f, "{row}"))
    }
}

impl Row {
    /// What is done beside what it cannot cost less than; what the limit took and what this project took, in nanoseconds; what it is wanted to take.
    #[must_use]
    pub fn new(work: &'static str, limit: &'static str, [limit_took, took]: [f64; 2], goal: Goal) -> Self {
        Self {
            work,
            limit,
            limit_took,
            took,
            goal,
        }
    }

    /// Whether the goal is met, if there is one.
    fn is_met(&self) -> Option<bool> {
        match self.goal {
            Goal::Times(times) => Some(self.took <= times * self.limit_took),
            Goal::Nanoseconds(most) => Some(self.took <= most),
            Goal::Scaled { most, beside } => Some(self.took * beside <= most * self.limit_took),
            Goal::Beyond(most) => Some(self.took - self.limit_took <= most),
            Goal::Growth { times, of, .. } => Some(self.took <= times * of),
            Goal::Throughput(share) => Some(self.limit_took >= share * self.took),
            Goal::None => None,
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (limit_took, took, ratio) = (Time(self.limit_took), Time(self.took), self.took / self.limit_took);
        let met = match self.is_met() {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "",
        };
        let Self { work, limit, goal, .. } = self;
        write!(
            f,
            "| {work} | {limit} | {limit_took} | {took} | {ratio:.2} | {goal} | {met} |"
        )
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Times(times) => write!(f, "at most {times:.2} x"),
            Self::Nanoseconds(most) => write!(f, "at most {}", Time(most)),
            Self::Scaled { most, beside } => {
                write!(
                    f,
                    "at most {:.2} x ({} beside {})",
                    most / beside,
                    Time(most),
                    Time(beside)
                )
            }
            Self::Beyond(most) => write!(f, "at most {} more", Time(most)),
            Self::Growth { times, row, of } => write!(f, "at most {times:.2} x {row} ({})", Time(of)),
            Self::Throughput(share) => write!(f, "{:.0} % of the throughput", share * 100.0),
            Self::None => Ok(()),
        }
    }
}

/// A time in nanoseconds, in the unit that reads best.
struct Time(f64);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            few if few < 1e3 => write!(f, "{few:.1} ns"),
            some if some < 1e6 => write!(f, "{:.2} µs", some / 1e3),
            many => write!(f, "{:.2} ms", many / 1e6),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Goal, Row, Table};

    fn row(limit_took: f64, took: f64, goal: Goal) -> Row {
        Row::new("work", "limit", [limit_took, took], goal)
    }

    #[test]
    fn a_goal_is_met_to_its_edge_and_not_beyond() {
        for (goal, met, missed) in [
            (Goal::Times(1.5), 150.0, 150.1),
            (Goal::Nanoseconds(120.0), 120.0, 120.1),
            (
                Goal::Scaled {
                    most: 60.0,
                    beside: 50.0,
                },
                120.0,
                120.1,
            ),
            (Goal::Beyond(20.0), 120.0, 120.1),
            (
                Goal::Growth {
                    times: 3.0,
                    row: "another",
                    of: 50.0,
                },
                150.0,
                150.1,
            ),
            (Goal::Throughput(0.5), 200.0, 200.1),
        ] {
            assert_eq!(row(100.0, met, goal).is_met(), Some(true), "{goal}");
            assert_eq!(row(100.0, missed, goal).is_met(), Some(false), "{goal}");
        }
    }

    #[test]
    fn what_misses_its_goal_stands_out() {
        let mut table = Table::default();
        table.push(row(25_000.0, 26_000.0, Goal::Times(1.1)));
        table.push(row(2_000_000.0, 7_000_000.0, Goal::Beyond(1_000.0)));
        assert_eq!(
            table.to_string().lines().collect::<Vec<_>>(),
            [
                "| work | limit | 25.00 µs | 26.00 µs | 1.04 | at most 1.10 x | yes |",
                "| work | limit | 2.00 ms | 7.00 ms | 3.50 | at most 1.00 µs more | **no** |",
            ]
        );
    }
}
