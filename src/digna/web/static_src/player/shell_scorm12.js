import { Scorm12API } from 'scorm-again/scorm12/min';

import { play, settings } from './scorm.js';
import { told } from './shell.js';

play(new Scorm12API(settings()), 'API', (cmi) => ({
  core: { ...cmi.core, student_id: told.learner_id, student_name: told.learner },
}));
