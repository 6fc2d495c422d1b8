import { loadForm } from '@getodk/xforms-engine'; window.loadForm = loadForm;
