/**
 * The look of the product over Swagger UI's own, which sits in a layer below so that nothing here has to outdo it:
 * square corners, lines instead of shadows, inks of AA contrast on black and on paper.
 */
export const DOCS_STYLE = `@import url('swagger-ui.css') layer(swagger);
:root {
  color-scheme: light;
  --bg: #f4f1e4; --surface: #fffdf5; --raised: #e6e2d1; --ink: #0a0a08; --muted: #45443c; --line: #0a0a08;
  --link: #0b57d0; --focus: #1236ff; --get: #0b57d0; --post: #00653a; --put: #7a4a00; --delete: #b3121d; --on: #ffffff;
}
:root[data-theme='dark'] {
  color-scheme: dark;
  --bg: #000000; --surface: #0b0b0a; --raised: #1b1b18; --ink: #f5f4ea; --muted: #b3b2a6; --line: #47463f;
  --link: #5b9bff; --focus: #ffe600; --get: #5b9bff; --post: #1fd083; --put: #ffb020; --delete: #ff6257; --on: #000000;
}
html, body { margin: 0; background: var(--bg); color: var(--ink); }
body > header { display: flex; gap: 12px; align-items: center; height: 54px; padding: 0 20px; background: #ffe600;
  border-bottom: 2px solid var(--line); color: #000; font-size: 20px; font-weight: 800; text-transform: uppercase; }
body > header a { color: inherit; }
body > header, .swagger-ui, .swagger-ui * {
  font-family: 'JetBrains Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  border-radius: 0; box-shadow: none; text-shadow: none; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
body > header :focus-visible { outline-color: #000; }
.swagger-ui { color: var(--ink); }
.swagger-ui :where(*) { color: inherit; }
.swagger-ui :is(.parameter__type, .parameter__in, .parameter__deprecated, .response-col_links, .opblock-tag small,
  .json-schema-2020-12-keyword__value, .json-schema-2020-12__attribute, .renderedMarkdown small) { color: var(--muted); }
.swagger-ui :is(.json-schema-2020-12__attribute--primary, .json-schema-2020-12-keyword__value--const) { color: var(--link); }
.swagger-ui .parameter__name.required span, .swagger-ui .parameter__name.required::after,
.swagger-ui .opblock-section-request-body .opblock-section-header :is(h4 small, .required)::after,
.swagger-ui .required::after { color: var(--delete); }
.swagger-ui a, .swagger-ui .info a { color: var(--link); text-decoration: underline; }
.swagger-ui :is(a.nostyle, .opblock-tag a, .tablinks) { color: var(--ink); text-decoration: none; }
.swagger-ui code:not(pre code) { background: var(--raised); color: var(--ink); }
.swagger-ui, .swagger-ui .opblock-body { background: transparent; }
.swagger-ui svg:not(.loading) { fill: var(--ink); }
.swagger-ui .wrapper { max-width: 1600px; padding: 0 20px; }
.swagger-ui .info { margin: 24px 0; }
.swagger-ui .info .title { font-weight: 800; letter-spacing: -.02em; }
.swagger-ui .info .title small { background: var(--ink); }
.swagger-ui .info .title small pre { border: 0; background: transparent !important; color: var(--bg); }
.swagger-ui .schemes-server-container { display: none; }
.swagger-ui .scheme-container .schemes { justify-content: flex-end; }
.swagger-ui .scheme-container { margin: 0 0 24px; padding: 16px 0; background: transparent; border-block: 2px solid var(--line); }
.swagger-ui .filter .operation-filter-input { margin: 0 0 8px; }
.swagger-ui .opblock-tag { border-bottom: 2px solid var(--line); font-weight: 800; text-transform: uppercase; }
.swagger-ui .opblock { margin: 0 0 8px; border: 2px solid var(--line); background: transparent; }
.swagger-ui .opblock :is(.opblock-summary, .opblock-section-header, .tab-header .tab-item.active h4 span::after) {
  border-color: var(--line); }
.swagger-ui .opblock .opblock-summary:hover { background: var(--raised); }
.swagger-ui .opblock .opblock-summary-method { background: var(--get); color: var(--on); }
.swagger-ui .opblock-post .opblock-summary-method { background: var(--post); }
.swagger-ui :is(.opblock-put, .opblock-patch) .opblock-summary-method { background: var(--put); }
.swagger-ui .opblock-delete .opblock-summary-method { background: var(--delete); }
.swagger-ui .opblock .opblock-section-header { background: var(--raised); border-block: 2px solid var(--line); }
.swagger-ui :is(input:not([type='checkbox']), select, textarea) { border: 2px solid var(--line); background-color: var(--surface); color: var(--ink); }
.swagger-ui select { appearance: auto; background-image: none; }
.swagger-ui :is(.download-contents, .copy-to-clipboard) { background: #45443c; color: #fff; }
.swagger-ui .opblock .opblock-summary .view-line-link { transition: none; }
.swagger-ui .opblock .opblock-summary .view-line-link.copy-to-clipboard:focus-within { width: 24px; margin: 0 5px; }
.swagger-ui ::placeholder { color: var(--muted); opacity: 1; }
.swagger-ui .btn { border: 2px solid var(--line); background: transparent; color: var(--ink); }
.swagger-ui .btn:hover { background: var(--ink); color: var(--bg); }
.swagger-ui .btn:hover svg { fill: var(--bg); }
.swagger-ui .btn:is(.execute, .authorize) { background: #ffe600; border-color: var(--line); color: #000; }
.swagger-ui .btn.authorize :is(span, svg) { color: #000; fill: #000; }
.swagger-ui .btn.cancel { border-color: var(--delete); color: var(--delete); background: transparent; }
.swagger-ui :is(pre, .microlight) { border: 2px solid var(--line); background: #000 !important; color: #f5f4ea; }
.swagger-ui pre code { border: 0; background: transparent !important; color: #f5f4ea; }
.swagger-ui .response-control-media-type--accept-controller select { border-color: var(--line); }
.swagger-ui .response-control-media-type__accept-message { color: var(--post); }
.swagger-ui :is(table thead tr :is(td, th), .responses-inner, .table-container) { border-color: var(--line); }
.swagger-ui section.models { border: 2px solid var(--line); }
.swagger-ui section.models :is(h4, .model-container), .swagger-ui .json-schema-2020-12 { background: transparent; border-color: var(--line); }
.swagger-ui .dialog-ux .modal-ux { border: 2px solid var(--line); background: var(--bg); }
.swagger-ui .dialog-ux :is(.modal-ux-header, .auth-container) { border-color: var(--line); }
@media (max-width: 640px) {
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .opblock .opblock-summary-path { max-width: none; overflow-wrap: anywhere; }
  .swagger-ui :is(.wrapper, .opblock-body) { overflow-x: auto; }
}
`;
