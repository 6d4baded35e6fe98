//! Where people place somebody, drawn on the steps: as said, and evened out.

use maud::{Markup, html};
use metier_app::DifferingSide;

/// Drawing units of one step and of the whole height.
const STEP: u32 = 20;
const TALL: u32 = 22;

/// One person's place among so many steps: filled as said, open where it comes to. The cells beside it say
/// the same in words.
pub fn scale(side: &DifferingSide, rungs: usize) -> Markup {
    let rungs = u32::try_from(rungs).unwrap_or(u32::MAX).min(40);
    let wide = STEP * (rungs + 1);
    let middle = TALL / 2;
    let said = STEP * u32::try_from(side.place).unwrap_or(0).min(rungs) + STEP / 2;
    let allowed = f64::from(STEP) * side.allowed + f64::from(STEP / 2);
    let allowed = format!("{allowed:.1}");
    html! {
        svg.scale viewBox={ "0 0 " (wide) " " (TALL) } width=(wide) height=(TALL) aria-hidden="true" focusable="false" {
            line.axis x1=(STEP / 2) y1=(middle) x2=(wide - STEP / 2) y2=(middle) {}
            @for step in 0..=rungs {
                line.axis x1=(STEP * step + STEP / 2) y1=(middle - 3) x2=(STEP * step + STEP / 2) y2=(middle + 3) {}
            }
            line.way x1=(said) y1=(middle) x2=(allowed) y2=(middle) {}
            circle.said cx=(said) cy=(middle) r="5.5" {}
            circle.allowed cx=(allowed) cy=(middle) r="5" {}
        }
    }
}
