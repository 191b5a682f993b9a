import { library } from '../../tools/tsup.config.ts';

export default library(['src/index.ts', 'src/tfjs.ts']);
