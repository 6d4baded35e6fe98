//! The sets of all documents, on disk: written one behind the other, read by number.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::Entry;

/// Bytes of a line of the index: place, length, day, file, document.
const LINE: usize = 8 + 4 + 4 + 4 + 8;

/// Where a set lies and whose it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    at: u64,
    pub(super) length: u32,
    pub(super) entry: Entry,
}

/// Sets being written.
#[derive(Debug)]
pub(super) struct Writer {
    sets: BufWriter<File>,
    index: BufWriter<File>,
    at: u64,
    count: u32,
}

fn cut_off(path: &Path, length: u64) -> io::Result<File> {
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)?;
    if file.metadata()?.len() < length {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{} is shorter than it was", path.display()),
        ));
    }
    file.set_len(length)?;
    file.seek(SeekFrom::End(0))?;
    Ok(file)
}

impl Writer {
    /// Goes on behind so many sets of so many bytes; anything later is cut off.
    pub(super) fn after(folder: &Path, count: u32, bytes: u64) -> io::Result<Self> {
        let index = cut_off(&folder.join("sets.index"), u64::from(count) * LINE as u64)?;
        let sets = cut_off(&folder.join("sets"), bytes)?;
        Ok(Self {
            sets: BufWriter::with_capacity(1 << 18, sets),
            index: BufWriter::with_capacity(1 << 16, index),
            at: bytes,
            count,
        })
    }

    /// Adds a set; its number. `None` when there are as many as can be told apart.
    pub(super) fn add(&mut self, set: &[u64], entry: Entry) -> io::Result<Option<u32>> {
        let number = self.count;
        let (Some(next), Ok(length)) = (number.checked_add(1), u32::try_from(set.len())) else {
            return Ok(None);
        };
        for hash in set {
            self.sets.write_all(&hash.to_le_bytes())?;
        }
        self.index.write_all(&self.at.to_le_bytes())?;
        self.index.write_all(&length.to_le_bytes())?;
        self.index.write_all(&entry.day.to_le_bytes())?;
        self.index.write_all(&entry.file.to_le_bytes())?;
        self.index.write_all(&entry.document.to_le_bytes())?;
        self.at += u64::from(length) * 8;
        self.count = next;
        Ok(Some(number))
    }

    /// Everything is on disk; how many sets, and bytes.
    pub(super) fn flush(&mut self) -> io::Result<(u32, u64)> {
        for file in [&mut self.sets, &mut self.index] {
            file.flush()?;
            file.get_ref().sync_data()?;
        }
        Ok((self.count, self.at))
    }
}

/// Sets being read.
#[derive(Debug)]
pub(super) struct Reader {
    sets: File,
    index: File,
    bytes: Vec<u8>,
}

impl Reader {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            sets: File::open(folder.join("sets"))?,
            index: File::open(folder.join("sets.index"))?,
            bytes: Vec::new(),
        })
    }

    pub(super) fn line(&mut self, number: u32) -> io::Result<Line> {
        let mut line = [0; LINE];
        self.index
            .seek(SeekFrom::Start(u64::from(number) * LINE as u64))?;
        self.index.read_exact(&mut line)?;
        let four = |at: usize| u32::from_le_bytes([line[at], line[at + 1], line[at + 2], line[at + 3]]);
        let eight = |at: usize| u64::from(four(at)) | u64::from(four(at + 4)) << 32;
        Ok(Line {
            at: eight(0),
            length: four(8),
            entry: Entry {
                day: four(12),
                file: four(16),
                document: eight(20),
            },
        })
    }

    pub(super) fn set(&mut self, line: Line, into: &mut Vec<u64>) -> io::Result<()> {
        self.bytes.clear();
        self.bytes.resize(line.length as usize * 8, 0);
        self.sets.seek(SeekFrom::Start(line.at))?;
        self.sets.read_exact(&mut self.bytes)?;
        into.clear();
        into.extend(self.bytes.chunks_exact(8).map(|piece| {
            let mut word = [0; 8];
            word.copy_from_slice(piece);
            u64::from_le_bytes(word)
        }));
        Ok(())
    }
}
