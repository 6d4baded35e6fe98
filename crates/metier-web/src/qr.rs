//! A square of dots that a telephone's camera reads.

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Light dots around it, without which cameras do not find it.
const MARGIN: i32 = 4;

/// Draws a text as a square; nothing when it is too long for one.
pub fn draw(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return html! {};
    };
    let side = code.size() + 2 * MARGIN;
    let dots: String = (0..code.size())
        .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
        .filter(|(x, y)| code.get_module(*x, *y))
        .map(|(x, y)| format!("M{},{}h1v1h-1z", x + MARGIN, y + MARGIN))
        .collect();
    html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) shape-rendering="crispEdges" {
            rect.light width=(side) height=(side) {}
            path.dark d=(dots) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_a_square_and_what_is_too_long_nothing() {
        let drawn = draw("http://192.168.1.5:8738/pair?code=00", "Scan it").into_string();
        assert!(drawn.contains("role=\"img\"") && drawn.contains("M4,4h1v1h-1z"));
        assert!(drawn.len() < 30_000, "{}", drawn.len());
        assert_eq!(draw(&"x".repeat(9_000), "").into_string(), "");
    }
}
