/* html_style - how a page looks: on a screen of any width, on paper, in black and white. No file but the page itself. */
#ifndef RASOAT_HTML_STYLE_H
#define RASOAT_HTML_STYLE_H

static const char html_style[] =
	":root{color-scheme:light}\n"
	"body{margin:0;background:#fff;color:#000;font:16px/1.5 \"Liberation Serif\",\"Times New Roman\",Times,serif}\n"
	"main{max-width:56em;margin:0 auto;padding:1em}\n"
	"h1,h2,h3{line-height:1.3;margin:1.4em 0 .5em;break-after:avoid}\n"
	"h1{font-size:1.35em;text-align:center;text-transform:uppercase}\n"
	"h2{font-size:1.2em}\n"
	"h3{font-size:1.05em}\n"
	"p{margin:.5em 0;text-align:justify}\n"
	".c{text-align:center}.l{text-align:left}.r{text-align:right}\n"
	".i{font-style:italic}.b{font-weight:bold}.small{font-size:.88em}\n"
	".warn{background:#ffdcd6}\n"
	".draft{border:2px solid #000;padding:.3em;text-align:center;font-weight:bold}\n"
	".two{display:flex;flex-wrap:wrap;gap:1em 2em;justify-content:space-between;margin:1em 0}\n"
	".two>div{flex:1 1 15em}\n"
	".two ul{list-style:none;padding:0;margin:0}\n"
	".upper{text-transform:uppercase}\n"
	".sign{padding-top:4em}\n"
	"nav ol{padding-left:1.4em}\n"
	"nav li{margin:.2em 0}\n"
	".wide{overflow-x:auto;margin:.7em 0}\n"
	"table{border-collapse:collapse;width:100%}\n"
	"th,td{border:1px solid #444;padding:.25em .45em;vertical-align:top;text-align:left;overflow-wrap:break-word}\n"
	"th{background:#e6e6e6;text-align:center}\n"
	"td.n{text-align:right;white-space:nowrap}td.d{text-align:center;white-space:nowrap}\n"
	"tr.t td{font-weight:bold}\n"
	"tr.g td{font-weight:bold;background:#f3f3f3}\n"
	"tr.m td{text-align:center;font-size:.85em}\n"
	"figure{margin:.7em 0;break-inside:avoid}\n"
	"figcaption{font-weight:bold;font-style:italic;margin-bottom:.2em}\n"
	"svg{width:100%;height:auto;max-width:720px;display:block}\n"
	"svg text{font:13px \"Liberation Serif\",\"Times New Roman\",Times,serif}\n"
	".foot{border-top:1px solid #888;margin-top:2em;font-size:.85em;text-align:center}\n"
	"a{color:#0b3d91}\n"
	"@media (max-width:40em){body{font-size:17px}main{padding:.6em}p{text-align:left}figure{overflow-x:auto}svg{min-width:34em}}\n"
	"@media print{body{font-size:11.5pt}main{max-width:none;padding:0}a{color:inherit;text-decoration:none}nav{break-after:page}"
	"section+section{break-before:page}thead{display:table-header-group}tr{break-inside:avoid}.wide{overflow:visible}"
	"th,.warn,tr.g td,rect{-webkit-print-color-adjust:exact;print-color-adjust:exact}@page{size:A4;margin:20mm 15mm 20mm 25mm}}\n";

#endif
