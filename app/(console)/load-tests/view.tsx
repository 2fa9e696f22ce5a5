'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { DrillsTab } from '#components/load-tests/drills-tab.tsx';
import { summariseTests } from '#components/load-tests/summarise-tests.ts';
import { TestsTab } from '#components/load-tests/tests-tab.tsx';
import { useTRPC } from '#components/trpc/context.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Tab, Tabs, TabsContent, TabsList } from '#components/ui/tabs.tsx';
import { loadTestQueries } from './queries.ts';
import { loadTestsParams } from './search-params.ts';

export function LoadTestsView() {
  const queries = loadTestQueries(useTRPC());
  const tests = useQuery(queries.tests);
  const drills = useQuery(queries.drills);
  const [{ show, test, with: other, drill }, setParams] = useQueryStates(loadTestsParams, { history: 'push' });
  return (
    <>
      <PageHeader
        title="Load tests"
        lead={tests.data && drills.data ? summariseTests(tests.data.tests, drills.data.drills) : ' '}
      />
      <Tabs value={show} onValueChange={(value) => setParams({ show: value === 'drills' ? 'drills' : 'tests' })}>
        <TabsList aria-label="What is tried" className="mb-5">
          <Tab value="tests" count={tests.data?.tests.length}>
            Load tests
          </Tab>
          <Tab value="drills" count={drills.data?.drills.length}>
            Drills
          </Tab>
        </TabsList>
        <TabsContent value="tests">
          <TestsTab
            test={test}
            other={other}
            isDrilling={drills.data?.runningId != null}
            onChange={(params) => setParams(params)}
          />
        </TabsContent>
        <TabsContent value="drills">
          <DrillsTab
            drill={drill}
            isTesting={tests.data?.runningId != null}
            onChange={(id) => setParams({ drill: id })}
          />
        </TabsContent>
      </Tabs>
    </>
  );
}
