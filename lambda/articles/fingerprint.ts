import { MARKDOWN_ENGINE } from "./markdown/markdown.ts";

/**
 * The version of the parser. Raise the number with any change to this folder that may make a file yield another article: every article is
 * then parsed again.
 */
export const parserFingerprint = `articles 11, ${MARKDOWN_ENGINE}`;
