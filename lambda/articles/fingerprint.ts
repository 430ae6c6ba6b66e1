import { MARKDOWN_ENGINE } from "./markdown/markdown.ts";

/**
 * What made the articles out of their files. Whoever changes this folder so that any file may give another article raises the
 * number: every article is then parsed anew.
 */
export const parserFingerprint = `articles 11, ${MARKDOWN_ENGINE}`;
