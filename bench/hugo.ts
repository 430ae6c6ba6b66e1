import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Only RSS: no pages of articles or of lists. */
const CONFIG = `baseURL = "https://nodejs.org/en/blog/"
title = "Node.js Blog"
languageCode = "en"
disableKinds = ["taxonomy", "section", "sitemap", "robotsTXT", "404"]
ignoreErrors = ["error-disable-taxonomy"]
[taxonomies]
category = "category"
author = "author"
[outputs]
home = ["RSS"]
term = ["RSS"]
[[cascade]]
[cascade._build]
render = "never"
publishResources = false
[cascade._target]
kind = "page"
[markup.goldmark.renderer]
unsafe = true
`;

/**
 * Wireroom's default rules for a window: 50 entries, one megabyte, a summary for a body of more than a quarter of that, and only
 * summaries in authors' feeds. The facts of an entry are those of Hugo's own template, with the body in content:encoded.
 */
const TEMPLATE = `{{- printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\" standalone=\\"yes\\"?>" | safeHTML }}
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>{{ .Title }}</title>
<link>{{ .Permalink }}</link>
<description>{{ .Title }}</description>
<generator>Hugo</generator>
<language>en</language>
{{- $full := ne .Data.Singular "author" }}
{{- $pages := .Pages }}{{ if .IsHome }}{{ $pages = .Site.RegularPages }}{{ end }}
{{- $bytes := 0 }}
{{- range $index, $page := first 50 $pages.ByDate.Reverse }}
{{- $body := "" }}{{ if $full }}{{ $body = .Content }}{{ if gt (len $body) 250000 }}{{ $body = "" }}{{ end }}{{ end }}
{{- $summary := "" }}{{ if $body }}{{ else }}{{ $summary = .Summary }}{{ end }}
{{- $bytes = add $bytes (add 1000 (add (len $body) (len $summary))) }}
{{- if and (gt $index 0) (gt $bytes 1000000) }}{{ break }}{{ end }}
<item>
<title>{{ .Title }}</title>
<link>{{ .Permalink }}</link>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" | safeHTML }}</pubDate>
<guid>{{ .Permalink }}</guid>
<description>{{ .Summary | html }}</description>
{{- if $body }}
<content:encoded>{{ printf "<![CDATA[%s]]>" $body | safeHTML }}</content:encoded>
{{- end }}
</item>
{{- end }}
</channel>
</rss>
`;

/** Makes a Hugo site beside a newsroom: the same feeds, with the newsroom's articles as its content. Returns hugo's arguments. */
export function makeHugoSite(folder: string, newsroom: string): readonly string[] {
  mkdirSync(join(folder, "layouts/_default"), { recursive: true });
  writeFileSync(join(folder, "config.toml"), CONFIG);
  writeFileSync(join(folder, "layouts/_default/rss.xml"), TEMPLATE);
  return ["--source", folder, "--contentDir", newsroom, "--destination", join(folder, "public"), "--cleanDestinationDir", "--quiet"];
}
