-- Title: Status of the whole promise by the status of its halves
-- Grain: met, both_short, pcs_short, pcso_short, partly_known, last_known or not_published
-- Unit: none
-- Caveats: the promise's own count and the monthly series rate each half by their own rule, and both halves by this one
CREATE MACRO ward_status_of(pcs_status, pcso_status) AS
    CASE
        WHEN pcs_status = 'met' AND pcso_status = 'met' THEN 'met'
        WHEN pcs_status = 'short' AND pcso_status = 'short' THEN 'both_short'
        WHEN pcs_status = 'short' THEN 'pcs_short'
        WHEN pcso_status = 'short' THEN 'pcso_short'
        WHEN pcs_status = 'met' OR pcso_status = 'met' THEN 'partly_known'
        WHEN pcs_status = 'last_known' OR pcso_status = 'last_known' THEN 'last_known'
        ELSE 'not_published'
    END;
