// Stands in for d3-format: the chart writes its numbers itself, with the market's own decimals.
const absent = (): never => {
  throw new Error('d3 number formats are left out of this build');
};

export {
  absent as format,
  absent as formatPrefix,
  absent as formatSpecifier,
  absent as precisionFixed,
  absent as precisionPrefix,
  absent as precisionRound,
};
