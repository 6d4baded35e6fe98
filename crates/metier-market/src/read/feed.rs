//! A stream that is cut into blocks.

use std::io::Read;

use super::input::{Bytes, could_not};

/// Bytes that have been read and not been cut off yet.
pub(super) struct Feed {
    input: Bytes,
    buffer: Vec<u8>,
    /// Where in the buffer begins what has not been cut off.
    start: usize,
    /// Where that begins in the stream.
    pub offset: u64,
    /// Whether nothing comes after what there is.
    pub ended: bool,
    /// Why nothing comes, where that is a failure.
    pub failed: Option<String>,
}

impl Feed {
    /// `offset` is where in its file the stream begins.
    pub fn new(input: Bytes, offset: u64) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            start: 0,
            offset,
            ended: false,
            failed: None,
        }
    }

    /// What has been read and not been cut off.
    pub fn rest(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Reads until there are so many bytes, or nothing more comes.
    pub fn fill(&mut self, count: usize) {
        let missing = count.saturating_sub(self.rest().len());
        if self.ended || missing == 0 {
            return;
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.reserve(missing);
        let result = (&mut self.input)
            .take(missing as u64)
            .read_to_end(&mut self.buffer);
        if let Err(error) = result {
            self.failed = Some(could_not(&error));
        }
        self.ended = self.buffer.len() < count;
    }

    /// Reads on if less than half a block is left.
    pub fn top_up(&mut self, block: usize) {
        if self.rest().len() < block.div_ceil(2) {
            self.fill(block);
        }
    }

    /// Cuts off the first bytes.
    pub fn cut(&mut self, count: usize) -> Vec<u8> {
        let cut = self.rest()[..count].to_vec();
        self.drop(count);
        cut
    }

    /// Passes over the first bytes.
    pub fn drop(&mut self, count: usize) {
        self.start += count;
        self.offset += count as u64;
    }

    /// Passes over all there is.
    pub fn drop_all(&mut self) {
        self.drop(self.rest().len());
    }

    /// Passes over everything up to and with the next line end; whether there was one.
    pub fn pass_line(&mut self, block: usize) -> bool {
        loop {
            if let Some(end) = memchr::memchr(b'\n', self.rest()) {
                self.drop(end + 1);
                return true;
            }
            self.drop_all();
            if self.ended {
                return false;
            }
            self.fill(block);
        }
    }

    /// Passes over so many bytes of the stream.
    pub fn pass(&mut self, mut count: u64, block: usize) {
        while count > 0 {
            if self.rest().is_empty() {
                self.fill(block);
            }
            let here = usize::try_from(count)
                .unwrap_or(usize::MAX)
                .min(self.rest().len());
            if here == 0 {
                return;
            }
            self.drop(here);
            count -= here as u64;
        }
    }

    /// How much room it takes.
    #[cfg(test)]
    pub fn room(&self) -> usize {
        self.buffer.capacity()
    }
}
