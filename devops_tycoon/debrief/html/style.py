"""The look of the page: made for a projector, for a printer in black and white, and for a telephone."""

CSS = """
:root{--ink:#16202b;--soft:#55616e;--line:#d8d4ca;--paper:#fffdf9;--card:#fff;--blue:#0b5fa5;--orange:#b85000;
--serif:Charter,'Bitstream Charter','Sitka Text',Cambria,'Liberation Serif',Georgia,serif;
--sans:system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans','DejaVu Sans',sans-serif}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:16px/1.5 var(--sans);-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:2.5rem 2rem 4rem;max-width:74rem}
.defs{position:absolute}
header.top{border-bottom:3px solid var(--ink);padding-bottom:1.4rem;margin-bottom:1.2rem}
.kicker{font-size:.8rem;letter-spacing:.12em;text-transform:uppercase;color:var(--soft);margin:0}
h1{font:700 3rem/1.05 var(--serif);letter-spacing:-.01em;margin:.2rem 0 .6rem}
h2{font:700 1.75rem/1.15 var(--serif);margin:0 0 .4rem}
h3{font:700 1.15rem/1.25 var(--serif);margin:1.6rem 0 .4rem}
p{margin:0 0 .7rem;max-width:44rem}
.lead{color:var(--soft);font:1.08rem/1.5 var(--serif)}
.facts{display:flex;flex-wrap:wrap;gap:.4rem 2.4rem;margin:0;padding:0;list-style:none}
.facts b{display:block;font:700 1.7rem/1.15 var(--serif);font-variant-numeric:tabular-nums}
.facts span{color:var(--soft);font-size:.85rem}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;font-size:.9rem;margin-bottom:2rem}
nav a{color:var(--blue);white-space:nowrap}
section{margin:0 0 3.2rem;padding-top:1rem;border-top:1px solid var(--line)}
figure{margin:0 0 1.2rem}
figcaption,.key{color:var(--soft);font-size:.86rem}
.key{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin:.4rem 0 .8rem;padding:0;list-style:none}
.key li{display:flex;align-items:center;gap:.45rem}
svg{display:block;overflow:visible;font-family:var(--sans)}
figure>svg{width:100%;height:auto}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(15.5rem,1fr));gap:1.1rem 1.4rem;margin:1rem 0 1.4rem}
.grid figure{margin:0;break-inside:avoid}
.grid figcaption{display:flex;gap:.5rem;color:var(--ink);font-size:.9rem;line-height:1.3;margin-bottom:.15rem}
.grid figcaption b{flex:1;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.grid figcaption span{font-variant-numeric:tabular-nums;color:var(--soft)}
.scroll{overflow:auto;max-height:36rem;margin:.6rem 0 1.2rem;border-bottom:1px solid var(--line)}
.scroll:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid var(--orange);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;color:var(--soft);font-size:.86rem;padding:0 0 .4rem}
th,td{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:middle;border-top:1px solid #ece8df}
thead th{position:sticky;top:0;background:var(--paper);border-top:0;border-bottom:1.5px solid var(--ink);
font-size:.8rem;color:var(--soft);font-weight:600;vertical-align:bottom}
tbody th{font-weight:600;min-width:9.5rem}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.chart svg,th.chart svg{width:100%;min-width:16rem;height:auto}
td.chart{padding-top:.1rem;padding-bottom:.1rem}
code{font-family:ui-monospace,'SF Mono',Menlo,Consolas,'Liberation Mono','DejaVu Sans Mono',monospace;font-size:.88em}
.says{font:1.2rem/1.45 var(--serif);max-width:46rem}
.right{font-weight:700}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}
details{margin:.4rem 0 1rem}
summary{cursor:pointer;color:var(--blue);font-size:.9rem}
ol.questions{font:1.3rem/1.45 var(--serif);padding-left:1.6rem;max-width:46rem}
ol.questions li{margin-bottom:.7rem}
ul.plain{padding-left:1.2rem;max-width:46rem}
.handout{border:1.5px solid var(--ink);border-radius:4px;padding:1.6rem 2rem;background:var(--card)}
.handout .lesson p{font:1.35rem/1.45 var(--serif)}
@media screen and (min-width:60rem){.handout{columns:2;column-gap:3rem}.handout h3{break-after:avoid}}
.source{color:var(--soft);font-size:.86rem}
footer{color:var(--soft);font-size:.85rem;border-top:1px solid var(--line);padding-top:1rem}
.warn{border-left:4px solid var(--orange);padding:.3rem .8rem}
@media (max-width:44rem){body{padding:1.2rem 1rem}h1{font-size:2.1rem}.two{grid-template-columns:1fr}
.handout{padding:1rem}}
@media print{nav{display:none!important}tbody th{min-width:0}
@page{size:A4;margin:15mm 14mm}
html{font-size:10.5px;background:#fff}body{padding:0;max-width:none}nav{display:none}
h1{font-size:2.6rem}h2,h3{break-after:avoid}figure,.says,.key,tr{break-inside:avoid}
section{margin-bottom:2rem}.scroll{overflow:visible;max-height:none}thead{display:table-header-group}
thead th{position:static;background:none}.grid{grid-template-columns:repeat(3,1fr)}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
td.chart svg,th.chart svg{min-width:0}.handout,#handout{break-before:page}
.handout{break-before:auto}summary{list-style:none}a{color:inherit}}
"""
