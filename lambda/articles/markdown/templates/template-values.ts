/** Names of the site's own address in generators; before a path they add nothing. */
const SITE =
  /^(?:\$?(?:site|config|metadata|meta|env|page|global|globals|params|theme|data)(?:\.\w+)?\.)?(?:base_?ur[li]|base_?path|root_?url|site_?url|path_?prefix|url)$/i;
const SITE_NAMED =
  /^(?:\$?(?:site|config|metadata|meta|env|params|\.?Site)\.)(?:\w+\.)?(?:base_?ur[li]|base_?path|url|root)$|^(?:base_?ur[li]|path_?prefix|\.Site\.BaseURL)$/i;
/** Filters that make an address of a path or change escaping, but no words. */
const HARMLESS =
  /^(?:url|htmlbaseurl|relative_url|absolute_url|abs_?url|rel_?url|(?:abs|rel)LangURL|url_for|asset_url|asset_path|asset|static|safe(?:HTML|URL)?|escape(?:_once)?|e|html|xml_escape|cgi_escape|uri_escape|raw|strip|trim|markdownify|locale_url|localeurl|link|resolve_url|cdn|img_url|file_url)$/i;
const CALL =
  /^(?:\$?withBase|url_for|url|full_url_for|asset(?:_path|_url)?|static|absURL|relURL|(?:abs|rel)LangURL|get_url|link_to)\s*\(?\s*(?:path\s*=\s*)?(["'])([^"'\n]*)\1\s*\)?$/i;

/** What `{{ … }}` shows if it is literal; undefined if only the site's generator knows. */
export function shownValue(words: string, inAddress: boolean): string | undefined {
  if (inAddress && (SITE.test(words) || SITE_NAMED.test(words))) return "";
  const call = CALL.exec(words)?.[2];
  if (call !== undefined) return call;
  const literal = /^(["'])((?:(?!\1)[\s\S])*)\1/.exec(words);
  if (literal === null) return undefined;
  let shown = literal[2] ?? "";
  for (const filter of words.slice(literal[0].length).split("|").slice(1)) {
    const [, name = "", given = ""] = /^\s*([\w.$]+)\s*(?::\s*|\(\s*)?(.*?)\)?\s*$/s.exec(filter) ?? [];
    const text = /^(["'])((?:(?!\1)[\s\S])*)\1$/.exec(given)?.[2];
    const isSite = SITE.test(given) || SITE_NAMED.test(given);
    if ((name === "prepend" || name === "append") && (text !== undefined || isSite)) {
      shown = name === "prepend" ? `${text ?? ""}${shown}` : `${shown}${text ?? ""}`;
    } else if (!HARMLESS.test(name)) return undefined;
  }
  return /^\s*$/.test(words.slice(literal[0].length).split("|")[0] ?? "") ? shown : undefined;
}
