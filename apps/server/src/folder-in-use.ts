/** What a person is told whose data folder is another server's. */
export const folderInUse = (folder: string): string =>
  `another Wickworks server is running on the folder ${folder}; stop it, or set WICK_DATA_DIR to another one`;
