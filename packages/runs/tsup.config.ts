import { library } from '../../tools/tsup.config.ts';

export default library({ index: 'src/index.ts', node: 'src/node/index.ts', browser: 'src/browser/index.ts' });
