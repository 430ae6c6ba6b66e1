/** Words on both sides of a sign, on its line: "The tag {% comment %} hides" only speaks of it. */
export const isInSentence = (before: string, behind: string): boolean =>
  /[\p{L}\p{N}][\p{L}\p{N}'’"”,;:]*[ \t]+$/u.test(before.slice(-50)) &&
  /^(?:[ \t]+[\p{L}\p{N}]|[,.;:!?)](?:\s|$))/u.test(behind.slice(0, 50));

/** Takes the positions of two signs in a source, and tells whether the text speaks of both. */
export function areMentioned(source: string, [from, until]: readonly [number, number], [again, end]: readonly [number, number]): boolean {
  const inSentence = (at: number, behind: number): boolean =>
    isInSentence(source.slice(Math.max(0, at - 50), at), source.slice(behind, behind + 50));
  return inSentence(from, until) && inSentence(again, end);
}

/**
 * If a text speaks of two signs, content as long as paragraphs between them is not a comment, and content with whole sentences may not be
 * one.
 */
export const hasParagraphs = (between: string): boolean => /\n[ \t>]*\n/.test(between);
export const hasSentences = (between: string): boolean => /[\p{L}\p{N})"'’”][.!?…]\s|[。！？]/u.test(between);
