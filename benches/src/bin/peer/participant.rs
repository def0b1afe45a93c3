//! Takes part: does what each line of the input says, and answers with a line.

use std::io::{self, BufRead as _, Write as _};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::Outcome;
use crate::bare::Bare;
use crate::sdk::Sdk;
use crate::setting::Setting;

/// What there is to do. The first four are how the answers are checked; the last is what is measured.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum Task {
    Versions,
    Whose { token: String },
    May { permission: String },
    MakeToken,
    Work { work: String, times: usize },
}

pub(crate) fn take_part(runtime: &Runtime) -> Outcome<()> {
    let mut lines = io::stdin().lock().lines();
    let setting: Setting = serde_json::from_str(&lines.next().ok_or("the setting is missing")??)?;
    let sdk = Sdk::new(&setting)?;
    let bare = runtime.block_on(Bare::new(&setting, &sdk))?;
    let mut output = io::stdout().lock();
    for line in lines {
        let task = serde_json::from_str(&line?)?;
        let answer = runtime.block_on(perform(task, &sdk, &bare))?;
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

async fn perform(task: Task, sdk: &Sdk, bare: &Bare) -> Outcome<Value> {
    Ok(match task {
        Task::Versions => json!({"versions": [concat!("authress ", env!("CARGO_PKG_VERSION"))]}),
        Task::Whose { token } => json!({"subject": sdk.whose(&token).await?}),
        Task::May { permission } => json!({"allowed": sdk.may(&permission).await?}),
        Task::MakeToken => json!({"token": sdk.make_token().await?}),
        Task::Work { work, times } => {
            let spent = match work.strip_prefix("bare_") {
                Some(work) => bare.spend(work, times).await?,
                None => sdk.spend(&work, times).await?,
            };
            serde_json::to_value(spent)?
        }
    })
}
