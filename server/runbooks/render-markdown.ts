import { marked } from 'marked';
import sanitizeHtml, { type IOptions } from 'sanitize-html';

/** What Markdown itself can say; all else that a file holds is shown as text or dropped. */
const ALLOWED: IOptions = {
  allowedTags:
    'h1 h2 h3 h4 h5 h6 p br hr ul ol li blockquote pre code strong em del a table thead tbody tr th td'.split(' '),
  allowedAttributes: { a: ['href', 'title', 'target', 'rel'], ol: ['start'], th: ['align'], td: ['align'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  transformTags: {
    a: (tagName, attributes) => ({
      tagName,
      attribs: /^https?:/i.test(attributes.href ?? '')
        ? { ...attributes, target: '_blank', rel: 'noreferrer noopener' }
        : attributes,
    }),
  },
};

/** Markdown as HTML that is safe to set in a page: whoever can edit a runbook cannot run code in the console. */
export function renderMarkdown(markdown: string): string {
  return sanitizeHtml(marked.parse(markdown, { async: false, gfm: true }), ALLOWED);
}
