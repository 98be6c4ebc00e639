/** Longest file that is read or kept. */
export const intakeBytesMax = 20_000_000;
/** A file whose reading takes longer is given up, and its reader killed. */
export const intakeMsMax = 20_000;
/** The JavaScript heap of a reader. */
export const intakeMemoryMb = 512;
/** All memory of a reader: what is unpacked lies outside the heap. */
export const intakeRssMbMax = 900;
/** Readers that work side by side, and files that may wait for one. */
export const intakeAtOnceMax = 2;
export const intakeWaitingMax = 20;
/** Longest text that is taken from a file. */
export const intakeCharsMax = 2_000_000;
/** More pages than this are no paper. */
export const intakePagesMax = 1_000;
/** Pages of a file that is kept whose heads are read for a stamp, and lines of each. */
export const headPagesMax = 50;
export const headLinesMax = 25;
/** Stands between the heads of two pages. */
export const headEnd = '\f';

/** Entries of an archive, what they unpack to in all, and how many times an entry may grow (small ones are not judged). */
export const zipEntriesMax = 2_000;
export const zipUnpackedBytesMax = 100_000_000;
export const zipRatioMax = 200;
export const zipRatioFreeBytes = 1_000_000;
