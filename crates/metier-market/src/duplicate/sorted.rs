//! Numbers sorted on disk: runs that fit in memory, then a merge.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes of a number.
const WIDTH: usize = 16;
/// Runs merged at once: as many files are open.
const AT_ONCE: usize = 128;

/// Takes numbers in any order and gives them back ascending, each once.
#[derive(Debug)]
pub(super) struct Sorter {
    folder: PathBuf,
    name: &'static str,
    held: Vec<u128>,
    most: usize,
    runs: usize,
}

impl Sorter {
    /// Goes on behind so many runs that are in the folder already; 0 to begin. `most` numbers are held in
    /// memory. Files of later runs, left by a process that was killed, are written over.
    pub(super) fn after(folder: &Path, name: &'static str, most: usize, runs: usize) -> Self {
        Self {
            folder: folder.to_owned(),
            name,
            held: Vec::new(),
            most: most.max(1),
            runs,
        }
    }

    pub(super) fn push(&mut self, number: u128) -> io::Result<()> {
        self.held.push(number);
        if self.held.len() >= self.most {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes what is held as a run; how many runs there are then.
    pub(super) fn flush(&mut self) -> io::Result<usize> {
        if !self.held.is_empty() {
            self.held.sort_unstable();
            self.held.dedup();
            let mut out = BufWriter::new(File::create(self.run(self.runs))?);
            for number in &self.held {
                out.write_all(&number.to_le_bytes())?;
            }
            out.into_inner()?.sync_data()?;
            self.held.clear();
            self.runs += 1;
        }
        Ok(self.runs)
    }

    fn run(&self, number: usize) -> PathBuf {
        self.folder.join(format!("{}-{number:06}.run", self.name))
    }

    /// Every number, ascending, each once.
    pub(super) fn merged(mut self) -> io::Result<Merged> {
        self.flush()?;
        // What was held is not needed while merging.
        self.held = Vec::new();
        let mut runs: Vec<PathBuf> = (0..self.runs).map(|n| self.run(n)).collect();
        let mut further = 0;
        while runs.len() > AT_ONCE {
            let rest = runs.split_off(AT_ONCE);
            let path = self.folder.join(format!("{}-merged-{further:06}.run", self.name));
            let mut out = BufWriter::new(File::create(&path)?);
            for number in Merged::of(&runs)? {
                out.write_all(&number?.to_le_bytes())?;
            }
            out.flush()?;
            runs = rest;
            runs.push(path);
            further += 1;
        }
        Merged::of(&runs)
    }
}

/// The merge of sorted runs.
#[derive(Debug)]
pub(super) struct Merged {
    runs: Vec<BufReader<File>>,
    heads: BinaryHeap<Reverse<(u128, usize)>>,
    last: Option<u128>,
}

impl Merged {
    fn of(paths: &[PathBuf]) -> io::Result<Self> {
        let mut merged = Self {
            runs: Vec::with_capacity(paths.len()),
            heads: BinaryHeap::new(),
            last: None,
        };
        for (n, path) in paths.iter().enumerate() {
            merged
                .runs
                .push(BufReader::with_capacity(1 << 16, File::open(path)?));
            merged.advance(n)?;
        }
        Ok(merged)
    }

    fn advance(&mut self, run: usize) -> io::Result<()> {
        let mut number = [0; WIDTH];
        match self.runs[run].read_exact(&mut number) {
            Ok(()) => self.heads.push(Reverse((u128::from_le_bytes(number), run))),
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => {}
            Err(e) => return Err(e),
        }
        Ok(())
    }

    fn step(&mut self) -> io::Result<Option<u128>> {
        while let Some(Reverse((number, run))) = self.heads.pop() {
            self.advance(run)?;
            if self.last != Some(number) {
                self.last = Some(number);
                return Ok(Some(number));
            }
        }
        Ok(None)
    }
}

impl Iterator for Merged {
    type Item = io::Result<u128>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_runs_come_back_ascending_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::after(folder.path(), "n", 7, 0);
        let mut expected = Vec::new();
        for n in 0..2000_u128 {
            let number = n.wrapping_mul(7919) % 1009;
            sorter.push(number).unwrap();
            expected.push(number);
        }
        expected.sort_unstable();
        expected.dedup();
        assert!(sorter.runs > AT_ONCE, "the merge of merges is meant to be tried");
        let merged: Vec<u128> = sorter.merged().unwrap().map(Result::unwrap).collect();
        assert_eq!(merged, expected);
    }

    #[test]
    fn what_is_left_of_a_killed_process_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::after(folder.path(), "n", 100, 0);
        sorter.push(3).unwrap();
        assert_eq!(sorter.flush().unwrap(), 1);
        sorter.push(9).unwrap();
        sorter.flush().unwrap();
        let mut again = Sorter::after(folder.path(), "n", 100, 1);
        again.push(4).unwrap();
        let merged: Vec<u128> = again.merged().unwrap().map(Result::unwrap).collect();
        assert_eq!(merged, [3, 4]);
    }
}
