/** A refusal as Binance words it: HTTP status, error code and message. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    /** Seconds, for the `Retry-After` header. */
    readonly retryAfterS?: number,
  ) {
    super(message);
  }
}

export const illegalCharacters = (name: string, range: string): ApiError =>
  new ApiError(400, -1100, `Illegal characters found in parameter '${name}'; legal range is '${range}'.`);

export const duplicateParameter = (): ApiError =>
  new ApiError(400, -1101, 'Duplicate values for a parameter detected.');

export const missingParameter = (name: string): ApiError =>
  new ApiError(400, -1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);

export const unreadParameters = (read: number, sent: number): ApiError =>
  new ApiError(400, -1104, `Not all sent parameters were read; read '${read}' parameter(s) but was sent '${sent}'.`);

export const emptyParameter = (name: string): ApiError => new ApiError(400, -1105, `Parameter '${name}' was empty.`);

export const invalidInterval = (): ApiError => new ApiError(400, -1120, 'Invalid interval.');

export const invalidSymbol = (): ApiError => new ApiError(400, -1121, 'Invalid symbol.');

export const badCombination = (): ApiError => new ApiError(400, -1128, 'Combination of optional parameters invalid.');

export const invalidData = (name: string): ApiError =>
  new ApiError(400, -1130, `Data sent for parameter '${name}' is not valid.`);
