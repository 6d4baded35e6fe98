//! A file as a stream of its bytes: expanded, in UTF-8 where it is not, and never more than allowed.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE};

use super::encoding;
use super::format::LOOK;
use super::options::{Limits, size};

/// Bytes of any origin that can be read on another thread.
pub(super) type Bytes = Box<dyn Read + Send>;

/// Expanded bytes up to which no ratio is asked for.
const RATIO_FREE: u64 = 64 << 20;

/// Windows of zstd up to which a file is expanded: 128 MiB, what `--long=27` writes.
const WINDOW_LOG: u32 = 27;

/// A file that has been opened.
pub(super) struct Input {
    /// All of its bytes from the first on.
    pub bytes: Bytes,
    /// The first of them.
    pub start: Vec<u8>,
    /// Whether a byte here is the byte at the same place of the file.
    pub plain: bool,
    /// The encoding told for it, where that is not UTF-8 or UTF-16.
    pub encoding: Option<&'static Encoding>,
}

/// Opens a stream.
///
/// # Errors
/// If it cannot be read, is an archive, or is compressed more than once.
pub(super) fn open(mut bytes: Bytes, told: Option<&str>, limits: &Limits) -> Result<Input, String> {
    let told = told
        .map(|label| {
            Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                format!("\u{201c}{label}\u{201d} is no encoding that is known; try windows-1252")
            })
        })
        .transpose()?;
    let magic = look(&mut bytes, 4).map_err(|error| could_not(&error))?;
    let packed = packing(&magic)?;
    let whole: Bytes = Box::new(io::Cursor::new(magic).chain(bytes));
    let mut bytes = match packed {
        None => whole,
        Some(packing) => expand(whole, packing, limits).map_err(|error| could_not(&error))?,
    };
    let start = look(&mut bytes, LOOK).map_err(|error| could_not(&error))?;
    if packed.is_some() && packing(&start)?.is_some() {
        return Err("it is compressed twice; expand it once".to_owned());
    }
    let wide = |encoding: &&'static Encoding| *encoding == UTF_16LE || *encoding == UTF_16BE;
    let shown = encoding::shown(&start).filter(wide);
    let whole: Bytes = Box::new(io::Cursor::new(start.clone()).chain(bytes));
    if let Some(encoding) = shown.or(told.filter(wide)) {
        let mut bytes: Bytes = Box::new(Transcoded::new(whole, encoding));
        let start = look(&mut bytes, LOOK).map_err(|error| could_not(&error))?;
        return Ok(Input {
            bytes: Box::new(io::Cursor::new(start.clone()).chain(bytes)),
            start,
            plain: false,
            encoding: None,
        });
    }
    Ok(Input {
        bytes: whole,
        start,
        plain: packed.is_none(),
        encoding: told,
    })
}

pub(super) fn could_not(error: &io::Error) -> String {
    format!("it cannot be read: {error}")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Gzip,
    Zstd,
}

fn packing(start: &[u8]) -> Result<Option<Packing>, String> {
    match start {
        [0x1f, 0x8b, ..] => Ok(Some(Packing::Gzip)),
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Ok(Some(Packing::Zstd)),
        [b'P', b'K', 3, 4, ..] => Err("it is a zip archive; unpack it and name the folder".to_owned()),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => {
            Err("it is compressed with bzip2; gzip and zstd are read".to_owned())
        }
        [0xfd, b'7', b'z', b'X', ..] => Err("it is compressed with xz; gzip and zstd are read".to_owned()),
        _ => Ok(None),
    }
}

fn expand(bytes: Bytes, packing: Packing, limits: &Limits) -> io::Result<Bytes> {
    let taken = Arc::new(AtomicU64::new(0));
    let counted = Counted {
        bytes,
        taken: Arc::clone(&taken),
    };
    let expanded: Bytes = match packing {
        Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(counted)),
        Packing::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::new(counted)?;
            decoder.window_log_max(WINDOW_LOG)?;
            Box::new(decoder)
        }
    };
    Ok(Box::new(Bounded {
        bytes: expanded,
        taken,
        given: 0,
        total: limits.expanded,
        ratio: limits.ratio,
    }))
}

/// Reads up to so many bytes ahead.
fn look(bytes: &mut Bytes, count: usize) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    bytes.take(count as u64).read_to_end(&mut start)?;
    Ok(start)
}

struct Counted {
    bytes: Bytes,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Expanded bytes, as long as they are not out of all proportion.
struct Bounded {
    bytes: Bytes,
    taken: Arc<AtomicU64>,
    given: u64,
    total: u64,
    ratio: u64,
}

impl Read for Bounded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.given += read as u64;
        let taken = self.taken.load(Ordering::Relaxed).max(1);
        if self.given > self.total {
            return Err(io::Error::other(format!(
                "more than {} came out of it, the limit for one compressed file",
                size(self.total)
            )));
        }
        if self.given > RATIO_FREE && self.given / taken > self.ratio {
            return Err(io::Error::other(format!(
                "{} came out of {}, more than the limit of {} bytes for each",
                size(self.given),
                size(taken),
                self.ratio
            )));
        }
        Ok(read)
    }
}

/// UTF-16 as UTF-8.
struct Transcoded {
    bytes: Bytes,
    decoder: Decoder,
    raw: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Transcoded {
    fn new(bytes: Bytes, encoding: &'static Encoding) -> Self {
        Self {
            bytes,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; 16 * 1_024],
            ready: Vec::new(),
            given: 0,
            ended: false,
        }
    }
}

impl Read for Transcoded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            let read = self.bytes.read(&mut self.raw)?;
            self.ended = read == 0;
            let room = self
                .decoder
                .max_utf8_buffer_length_without_replacement(read)
                .unwrap_or(read * 4 + 16);
            self.ready.resize(room, 0);
            self.given = 0;
            let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(
                &self.raw[..read],
                &mut self.ready,
                self.ended,
            );
            self.ready.truncate(written);
            if matches!(result, DecoderResult::Malformed(..)) {
                let name = self.decoder.encoding().name();
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("it is not {name} throughout"),
                ));
            }
        }
        let count = into.len().min(self.ready.len() - self.given);
        into[..count].copy_from_slice(&self.ready[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}
