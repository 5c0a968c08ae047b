export { saveFile } from '../../ui/save-file.js';
