'use client';

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, drawSelection, keymap, placeholder, tooltips } from '@codemirror/view';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { useEffect, useEffectEvent, useRef } from 'react';
import { editorTheme } from './editor-theme.ts';
import { hoverDocs, type Describe } from './hover-docs.ts';
import { completeFrom } from './promql-client.ts';

interface PromqlEditorProps {
  /** What it is, for those who cannot see it: "Query A". */
  label: string;
  /** The text from outside; a new one replaces what was written. */
  value: string;
  onChange: (text: string) => void;
  /** Ctrl-Enter or ⌘-Enter. */
  onRun: (text: string) => void;
  describe: Describe;
}

/** Prometheus's own editor of its language: completion, explanations, faults as they are written. */
export function PromqlEditor({ label, value, onChange, onRun, describe }: PromqlEditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const change = useEffectEvent(onChange);
  const run = useEffectEvent(onRun);
  const explain = useEffectEvent(describe);
  const initial = useEffectEvent(() => value);

  // Synchronises with an editor that keeps its own document.
  useEffect(() => {
    if (!frame.current) return;
    const promql = completeFrom(new PromQLExtension());
    const runKey = { key: 'Mod-Enter', run: ({ state }: EditorView) => (run(state.doc.toString()), true) };
    const editor = new EditorView({
      parent: frame.current,
      state: EditorState.create({
        doc: initial(),
        extensions: [
          Prec.highest(keymap.of([runKey])),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          autocompletion(),
          tooltips({ parent: document.body }),
          promql.asExtension(),
          hoverDocs((metric) => explain(metric)),
          placeholder('An expression, as up or sum by (job) (rate(…[1m]))'),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change(update.state.doc.toString());
          }),
          editorTheme,
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      promql.destroy();
      editor.destroy();
    };
  }, [label]);

  // Synchronises the editor's document with a text that came from elsewhere: the address, an example, the browser of metrics.
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  return <div ref={frame} className="flex min-h-[34px] min-w-0 flex-1" />;
}
