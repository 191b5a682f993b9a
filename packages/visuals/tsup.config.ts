import { library } from '../../tools/tsup.config.ts';

export default library({ index: 'src/index.ts', charts: 'src/charts/index.ts', node: 'src/node.ts' });
