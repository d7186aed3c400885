import type { ReactElement } from 'react';
import { LinkButton } from '../components/Button';
import { Empty } from '../components/Notes';
import { Page } from '../components/Page';

export default function NotFound(): ReactElement {
  return (
    <Page title="Not found" name="Not found">
      <Empty title="There is no page at this address.">
        <LinkButton to="/map">Go to the cluster map</LinkButton>
      </Empty>
    </Page>
  );
}
