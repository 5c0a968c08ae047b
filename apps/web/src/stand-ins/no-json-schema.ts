// Stands in for zod's JSON Schema writer: the server publishes schemas, a page only parses with them.
const absent = (): never => {
  throw new Error('JSON Schema output is left out of this build');
};

export const createToJSONSchemaMethod = () => absent;
export const createStandardJSONSchemaMethod = () => absent;
export {
  absent as extractDefs,
  absent as finalize,
  absent as handleUnrepresentable,
  absent as initializeContext,
  absent as processSchema,
  absent as toJSONSchema,
};
export const allProcessors = {};
