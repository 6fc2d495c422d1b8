import { Scorm2004API } from 'scorm-again/scorm2004/min';

import { play, settings } from './scorm.js';
import { told } from './shell.js';

play(new Scorm2004API(settings()), 'API_1484_11', () => ({
  learner_id: told.learner_id,
  learner_name: told.learner,
}));
