/** One layer of the editor: its numbers, what it gives and costs, and the buttons that move or remove it. */
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Activation } from '../../../config/encoders.ts';
import { Button } from '../../components/Button.tsx';
import { compact, whole } from '../../format.ts';
import fieldStyles from '../Field.module.css';
import { NumberField } from '../NumberField.tsx';
import styles from './EncoderEditor.module.css';
import { activations, type LayerFieldName, layerDocs, layerFields } from './layerFields.ts';
import { isWhole, type LayerRow, withActivation, withNumber } from './layerRows.ts';

interface Props {
  readonly row: LayerRow;
  readonly at: number;
  readonly numRows: number;
  /** The whole encoder. */
  readonly text: string;
  /** Ids of parts that can have the focus. */
  readonly partId: (part: string) => string;
  /** Somebody is typing here: nothing is called wrong yet. */
  readonly isTyping: boolean;
  readonly onText: (text: string) => void;
  readonly onTyping: (isTyping: boolean) => void;
  readonly onMove: (by: 1 | -1, part: string) => void;
  readonly onRemove: () => void;
}

export function LayerItem(props: Props) {
  const { row, at, numRows, partId, isTyping, onMove, onRemove } = props;
  const name = `layer ${at + 1}`;
  const problem = isTyping ? null : row.problem;
  const noteId = partId('note');
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.shiftKey && (event.ctrlKey || event.metaKey))) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    event.stopPropagation();
    onMove(event.key === 'ArrowUp' ? -1 : 1, (event.target as HTMLElement).id.slice(partId('').length));
  };
  return (
    <li
      className={styles.layer}
      data-wrong={problem !== null}
      aria-label={`Layer ${at + 1}: ${row.kind ?? 'unreadable'}`}
      onKeyDownCapture={onKeyDown}
    >
      <span className={styles.kind}>
        <small>{at + 1}</small> {row.kind ?? row.text}
      </span>
      <div className={styles.fields}>
        {row.kind && layerDocs[row.kind].fields.map((field) => <LayerNumber key={field} {...props} field={field} />)}
        {row.activation && <ActivationSelect {...props} />}
        {row.kind && layerDocs[row.kind].fields.length === 0 && <small>{layerDocs[row.kind].doc}</small>}
      </div>
      <span className={styles.gives}>
        {row.summary ? (
          <>
            <b>{row.summary.shape.join(' × ')}</b>
            <small>
              {whole(row.summary.parameters)} parameters, {compact(row.summary.flops)} FLOPs
            </small>
          </>
        ) : (
          <small>no shape yet</small>
        )}
      </span>
      <span className={styles.buttons}>
        <IconButton
          id={partId('up')}
          label={`Move ${name} up`}
          isIdle={at === 0}
          onClick={() => onMove(-1, 'up')}
          icon={<ArrowUp size={14} aria-hidden="true" />}
        />
        <IconButton
          id={partId('down')}
          label={`Move ${name} down`}
          isIdle={at === numRows - 1}
          onClick={() => onMove(1, 'down')}
          icon={<ArrowDown size={14} aria-hidden="true" />}
        />
        <IconButton
          id={partId('remove')}
          label={`Remove ${name}`}
          onClick={onRemove}
          icon={<X size={14} aria-hidden="true" />}
        />
      </span>
      <p id={noteId} className={styles.problem}>
        {problem}
      </p>
    </li>
  );
}

/** An idle button can still have the focus: a layer that arrives at an end keeps it. */
function IconButton({
  id,
  label,
  isIdle = false,
  onClick,
  icon,
}: {
  readonly id: string;
  readonly label: string;
  readonly isIdle?: boolean;
  readonly onClick: () => void;
  readonly icon: ReactNode;
}) {
  return (
    <Button id={id} look="quiet" aria-label={label} aria-disabled={isIdle} onClick={onClick}>
      {icon}
    </Button>
  );
}

function LayerNumber({
  row,
  at,
  text,
  partId,
  isTyping,
  onText,
  onTyping,
  field,
}: Props & { readonly field: LayerFieldName }) {
  const spec = layerFields[field];
  const number = row.numbers[field] ?? '';
  const isReadable = isWhole(number);
  const set = (typed: string) => onText(withNumber(text, at, row, field, typed));
  return (
    <div className={styles.field}>
      <label htmlFor={partId(field)}>{spec.label}</label>
      <NumberField
        id={partId(field)}
        noteId={partId('note')}
        state={isReadable || isTyping ? 'fine' : 'error'}
        spec={spec}
        value={isReadable ? Number(number) : Number.NaN}
        unreadable={isReadable ? undefined : number}
        unit={spec.unit}
        onType={(typed) => {
          onTyping(true);
          set(typed);
        }}
        onStep={(value) => set(String(value))}
        onLeave={() => onTyping(false)}
      />
    </div>
  );
}

function ActivationSelect({ row, at, text, partId, onText }: Props) {
  return (
    <div className={styles.field}>
      <label htmlFor={partId('activation')}>Activation</label>
      <div className={fieldStyles.box}>
        <select
          id={partId('activation')}
          className={fieldStyles.select}
          value={row.activation!}
          onChange={(event) => onText(withActivation(text, at, row, event.currentTarget.value as Activation))}
        >
          {activations.map((activation) => (
            <option key={activation}>{activation}</option>
          ))}
        </select>
      </div>
    </div>
  );
}
