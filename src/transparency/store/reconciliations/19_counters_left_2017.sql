-- Title: Counters left by the decision: 73 - 37 = 36
-- Worth: arithmetic
SELECT figure('2017-11-01-front-counters-remaining-london') AS expected,
       figure('2017-07-14-front-counters-open-london')
       - figure('2017-11-01-front-counters-closing-london') AS got;
