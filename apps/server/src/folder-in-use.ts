/** What a person is told whose data folder cannot be made or written to. */
export const folderUnusable = (folder: string, why: unknown): string => {
  const detail = why instanceof Error ? why.message : String(why);
  return `the folder ${folder} cannot be used (${detail}); set WICK_DATA_DIR to one that can be written to`;
};

/** What a person is told whose data folder is another server's. */
export const folderInUse = (folder: string): string =>
  `another Wickworks server is running on the folder ${folder}; stop it, or set WICK_DATA_DIR to another one`;
