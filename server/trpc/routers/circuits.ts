import { listEfforts } from '#server/circuits/efforts/list-efforts.ts';
import { ListEffortsInput } from '#server/circuits/efforts/schema.ts';
import { applyShadow } from '#server/circuits/shadow/apply-shadow.ts';
import { endShadow } from '#server/circuits/shadow/end-shadow.ts';
import { getShadow } from '#server/circuits/shadow/get-shadow.ts';
import { startShadow } from '#server/circuits/shadow/start-shadow.ts';
import { getEffect } from '#server/circuits/effects/get-effect.ts';
import { forceCircuit } from '#server/circuits/force-circuit.ts';
import { getControl } from '#server/circuits/get-control.ts';
import { listCircuits } from '#server/circuits/list-circuits.ts';
import { listSettingsVersions } from '#server/circuits/list-settings-versions.ts';
import { listTransitions } from '#server/circuits/list-transitions.ts';
import { previewCircuit } from '#server/circuits/preview-circuit.ts';
import { probeCircuit } from '#server/circuits/probe-circuit.ts';
import { releaseCircuit } from '#server/circuits/release-circuit.ts';
import { replayCircuit } from '#server/circuits/replay/replay-circuit.ts';
import { ReplayCircuitInput } from '#server/circuits/replay/schema.ts';
import { restoreCircuit } from '#server/circuits/restore-circuit.ts';
import {
  CircuitInput,
  EffectInput,
  EndShadowInput,
  ForceCircuitInput,
  ListTransitionsInput,
  ProbeCircuitInput,
  ReleaseCircuitInput,
  RestoreCircuitInput,
  StartShadowInput,
  TuneCircuitInput,
} from '#server/circuits/schema.ts';
import { tuneCircuit } from '#server/circuits/tune-circuit.ts';
import { procedure, router } from '../init.ts';

export const circuitsRouter = router({
  applyShadow: procedure.input(EndShadowInput).mutation(({ ctx, input }) => applyShadow(ctx, input)),
  control: procedure.input(CircuitInput).query(({ ctx, input }) => getControl(ctx, input)),
  effect: procedure.input(EffectInput).query(({ ctx, input }) => getEffect(ctx, input)),
  efforts: procedure.input(ListEffortsInput).query(({ ctx, input }) => listEfforts(ctx, input)),
  endShadow: procedure.input(EndShadowInput).mutation(({ ctx, input }) => endShadow(ctx, input)),
  force: procedure.input(ForceCircuitInput).mutation(({ ctx, input }) => forceCircuit(ctx, input)),
  list: procedure.query(({ ctx }) => listCircuits(ctx)),
  preview: procedure.input(CircuitInput).query(({ ctx, input }) => previewCircuit(ctx, input)),
  probe: procedure.input(ProbeCircuitInput).mutation(({ ctx, input }) => probeCircuit(ctx, input)),
  release: procedure.input(ReleaseCircuitInput).mutation(({ ctx, input }) => releaseCircuit(ctx, input)),
  replay: procedure.input(ReplayCircuitInput).query(({ ctx, input }) => replayCircuit(ctx, input)),
  restore: procedure.input(RestoreCircuitInput).mutation(({ ctx, input }) => restoreCircuit(ctx, input)),
  shadow: procedure.input(CircuitInput).query(({ ctx, input }) => getShadow(ctx, input)),
  startShadow: procedure.input(StartShadowInput).mutation(({ ctx, input }) => startShadow(ctx, input)),
  transitions: procedure.input(ListTransitionsInput).query(({ ctx, input }) => listTransitions(ctx, input)),
  tune: procedure.input(TuneCircuitInput).mutation(({ ctx, input }) => tuneCircuit(ctx, input)),
  versions: procedure.input(CircuitInput).query(({ ctx, input }) => listSettingsVersions(ctx, input)),
});
