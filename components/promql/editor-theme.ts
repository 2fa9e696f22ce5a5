import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in our tokens, so that it follows the theme without being told. */
export const editorTheme = [
  EditorView.theme({
    '&': { fontSize: '13px', color: 'var(--ink)', backgroundColor: 'transparent', flex: '1', minWidth: '0' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--font-jetbrains), ui-monospace, monospace', lineHeight: '20px' },
    '.cm-content': { padding: '7px 0', caretColor: 'var(--ink)' },
    '.cm-line': { padding: '0 10px' },
    '.cm-cursor': { borderLeftColor: 'var(--ink)' },
    '.cm-placeholder': { color: 'var(--ink-faint)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'var(--accent-soft)',
    },
    '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--selected)', color: 'var(--ink)' },
    '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--critical-soft)', color: 'var(--critical)' },
    '.cm-lintRange-error': {
      backgroundImage: 'none',
      textDecoration: 'underline wavy var(--critical)',
      textUnderlineOffset: '3px',
    },
    '.cm-lintRange-warning': {
      backgroundImage: 'none',
      textDecoration: 'underline wavy var(--warn)',
      textUnderlineOffset: '3px',
    },
    '.cm-tooltip': {
      border: '1px solid var(--line-strong)',
      borderRadius: '6px',
      backgroundColor: 'var(--raised)',
      color: 'var(--ink)',
      boxShadow: '0 1px 2px var(--shadow), 0 8px 24px -8px var(--shadow)',
      zIndex: '40',
    },
    '.cm-tooltip-hover': { maxWidth: 'min(420px, 90vw)', padding: '6px 10px', fontSize: '12px', lineHeight: '16px' },
    '.cm-tooltip-hover p': { color: 'var(--ink-muted)', marginTop: '2px' },
    '.cm-diagnostic': { padding: '2px 8px', borderLeft: '3px solid transparent' },
    '.cm-diagnostic-error': { borderLeftColor: 'var(--critical)' },
    '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': {
      fontFamily: 'var(--font-jetbrains), ui-monospace, monospace',
      fontSize: '12px',
      maxHeight: '280px',
      maxWidth: 'min(560px, 92vw)',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', lineHeight: '18px' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--selected)', color: 'var(--ink)' },
    '.cm-completionMatchedText': { color: 'var(--accent)', textDecoration: 'none', fontWeight: '600' },
    '.cm-completionDetail': { color: 'var(--ink-faint)', fontStyle: 'normal' },
    '.cm-tooltip.cm-completionInfo': {
      padding: '6px 10px',
      fontSize: '12px',
      lineHeight: '16px',
      maxWidth: '320px',
      color: 'var(--ink-muted)',
    },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.keyword, color: 'var(--half-open)' },
      { tag: [tags.function(tags.variableName), tags.modifier], color: 'var(--accent)' },
      { tag: tags.string, color: 'var(--ok)' },
      { tag: tags.number, color: 'var(--warn)' },
      { tag: tags.labelName, color: 'var(--info)' },
      { tag: [tags.operator, tags.arithmeticOperator, tags.compareOperator], color: 'var(--ink-muted)' },
      { tag: tags.comment, color: 'var(--ink-faint)', fontStyle: 'italic' },
    ]),
  ),
];
